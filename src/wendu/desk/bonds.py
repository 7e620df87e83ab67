"""How far the relation reaches and should, what became of our promises, and whether to ask for a worry: in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from wendu.coach.bonds import Bonds
from wendu.coach.frame import Frame
from wendu.desk.wording import reason_words
from wendu.method.deals.codes import RelationLevel
from wendu.touches.choices import PromiseState
from wendu.touches.models import Promise

LEVELS: Mapping[str, Words] = {
    "none": pgettext_lazy("relation", "Nobody"),
    "individual": pgettext_lazy("relation", "Single persons"),
    "department": pgettext_lazy("relation", "The department"),
    "company": pgettext_lazy("relation", "The whole company"),
}
NEXT: Mapping[str, Words] = {
    "individual": pgettext_lazy("relation", "Speak with somebody there: so far no talk is in the log."),
    "department": pgettext_lazy("relation", "Bring a second colleague, and get to know a second person who buys."),
    "company": pgettext_lazy("relation", "Bring our service, finance or executive together with theirs."),
}
LATEST = 6


@dataclass(frozen=True, slots=True)
class BondView:
    """What the page shows of it."""

    level: str
    target: str
    falls_short: bool
    reasons: tuple[str, ...]
    how: str
    promises: tuple[tuple[Promise, bool], ...]
    more: int
    kept: int
    broken: int
    due: int
    worries: str
    course: str = ""
    word: str = ""
    covered: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def bond_view(bonds: Bonds, frame: Frame) -> BondView:
    """Put it into words; what has broken or is overdue stands first in the ledger."""
    states = [promise.state for promise in bonds.promises]
    late = [_is_late(each, frame.today) for each in bonds.promises]
    ordered = sorted(zip(bonds.promises, late, strict=True), key=lambda pair: _place(*pair))
    level = str(bonds.level.value)
    worry = bonds.worry
    return BondView(
        level=str(LEVELS[level]),
        target=str(LEVELS[bonds.target.value]),
        falls_short=bonds.falls_short,
        reasons=tuple(_reasons(bonds, frame)),
        how=str(NEXT[_next(level, bonds.target)]) if bonds.falls_short else "",
        promises=tuple(ordered[:LATEST]),
        more=max(0, len(ordered) - LATEST),
        kept=states.count(PromiseState.KEPT) + states.count(PromiseState.KEPT_LATE),
        broken=states.count(PromiseState.BROKEN),
        due=states.count(PromiseState.OPEN),
        course=_course(bonds),
        word=_word(bonds),
        covered=bonds.covered,
        worries="" if worry is None or worry.band != "ask" else _worries(bonds, frame),
    )


def _reasons(bonds: Bonds, frame: Frame) -> Iterable[str]:
    if bonds.is_private:
        return
    if not bonds.department:
        yield _("Nobody's department is known; note it, so that one sees how far we are inside.")
        return
    yield _("Most of the voices sit in “%(department)s”: it is taken for the department that buys.") % {
        "department": bonds.department
    }
    for reason in bonds.level.reasons:
        yield reason_words(reason, frame.playbook)


def _word(bonds: Bonds) -> str:
    """What our promises to all of them say of our company; nothing before one of them is over."""
    if not bonds.settled_with_all:
        return ""
    if bonds.word is None:
        return _("Of promises to all of them %(n)s is over; from %(least)s on they rate our company's trust.") % {
            "n": bonds.settled_with_all, "least": bonds.word_from,
        }  # fmt: skip
    return _("To all of them our company keeps its word: %(value)s of 10; it counts for the trust of everybody.") % {
        "value": f"{bonds.word:.1f}"
    }


def _course(bonds: Bonds) -> str:
    """How far the relation reached when the deal began, how far it does now, and with how many talks; else nothing."""
    if bonds.before is None:
        return ""
    before, talks = str(bonds.before.value), {"talks": bonds.talks}
    if before == RelationLevel.NONE and not bonds.talks:
        return ""
    if before == RelationLevel.NONE:
        words = _("When the deal began nobody of theirs was met, as far as the log tells; talks about it: %(talks)s")
        return words % talks
    levels = {"before": LEVELS[before], "now": LEVELS[str(bonds.level.value)], **talks}
    return _("When the deal began: %(before)s; now: %(now)s; talks about it: %(talks)s") % levels


def _next(level: str, target: RelationLevel) -> str:
    """The level to reach next, not the last one."""
    order = [each.value for each in RelationLevel]
    return order[min(order.index(level) + 1, order.index(target.value))]


def _worries(bonds: Bonds, frame: Frame) -> str:
    reasons = bonds.worry.reasons if bonds.worry else ()
    return str(_(", ")).join(reason_words(reason, frame.playbook) for reason in reasons)


def _is_late(promise: Promise, today: date) -> bool:
    return promise.state == PromiseState.OPEN and promise.due_on < today


def _place(promise: Promise, is_late: bool) -> tuple[int, int]:  # noqa: FBT001  a key of sorting
    if is_late:
        return 0, promise.due_on.toordinal()
    if promise.state == PromiseState.OPEN:
        return 1, promise.due_on.toordinal()
    return (2 if promise.state == PromiseState.BROKEN else 3), -promise.due_on.toordinal()
