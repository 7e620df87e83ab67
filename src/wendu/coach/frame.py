"""What every judgement of one moment shares: the scale in force, the stopped days, and the business day."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Self

from wendu.coach.axis import Axis, organisation_holidays
from wendu.coach.sight import Same
from wendu.identity.models import Organisation
from wendu.method.facts import Context, Profile
from wendu.method.scales import MethodScale
from wendu.method.stops import Interval, Stops
from wendu.packs.queries import current_playbook
from wendu.playbooks import Playbook, method_scale


@dataclass(frozen=True, slots=True)
class Frame:
    """Loaded once per piece of work, then handed on."""

    today: date
    playbook: Playbook
    scale: MethodScale
    holidays: tuple[date, ...]
    axis: Axis
    currency: str

    @classmethod
    def at(cls, at: datetime) -> Self:
        """The frame of the business day a moment belongs to."""
        return cls.on(Organisation.objects.current().today(at))

    @classmethod
    def on(cls, day: date) -> Self:
        """The frame of a business day (two queries)."""
        return cls.judged_by(current_playbook(), day)

    @classmethod
    def judged_by(cls, playbook: Playbook, day: date) -> Self:
        """The frame of a business day as this playbook would have it, whether it counts or not (one query)."""
        holidays = organisation_holidays()
        currency = Organisation.objects.current().currency
        return cls(day, playbook, _scale(playbook), holidays, _axis(holidays), currency)

    @property
    def version(self) -> str:
        """The playbook and version that judged."""
        return self.scale.version

    def context(self, profile: Profile, quiet: tuple[Interval, ...] = ()) -> Context:
        """The context of one customer."""
        return _context(Same(self.scale), self.holidays, profile, quiet)


_held: dict[int, tuple[Playbook, MethodScale]] = {}


def _scale(playbook: Playbook) -> MethodScale:
    kept = _held.get(id(playbook))
    if kept is None or kept[0] is not playbook:
        _held.clear()
        kept = _held[id(playbook)] = (playbook, method_scale(playbook))
    return kept[1]


@lru_cache(maxsize=4)
def _axis(holidays: tuple[date, ...]) -> Axis:
    return Axis.of(holidays)


@lru_cache(maxsize=1024)
def _stops(holidays: tuple[date, ...], quiet: tuple[Interval, ...]) -> Stops:
    return Stops.of(holidays, quiet)


@lru_cache(maxsize=1024)
def _context(
    scale: Same[MethodScale], holidays: tuple[date, ...], profile: Profile, quiet: tuple[Interval, ...]
) -> Context:
    return Context(scale.held, _stops(holidays, quiet), profile)
