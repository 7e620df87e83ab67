"""The rows of Today: each customer on the plan with its heat, its window, why, what to do, and how to say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.access.masking import clear_for
from wendu.coach.facts import folded, gather
from wendu.coach.frame import Frame
from wendu.coach.plan import Day, Step
from wendu.customers.choices import PointKind
from wendu.customers.models import ContactPoint, Customer
from wendu.desk.plan import Line
from wendu.desk.wording import Worded, kind_words, lang, screen_band, worded
from wendu.identity.models import User
from wendu.method.codes import Quadrant
from wendu.method.strategy import visit_checklist
from wendu.method.temperature import band
from wendu.method.view import view
from wendu.opportunities.choices import InfluencerRole
from wendu.opportunities.models import Influencer

WEEK = timedelta(days=7)
CHECK_STATES = {"green": "met", "red": "missing", "unknown": "unknown"}
DECIDERS = frozenset({InfluencerRole.DECISION_MAKER.value, InfluencerRole.APPROVER.value})


@dataclass(frozen=True, slots=True)
class FollowRow:
    """One customer to follow up, ready to be shown."""

    line: Line
    uuid: UUID
    heat: float | None
    band: str
    change: float | None
    quadrant: str
    days_left: int | None
    window_used: float
    strong: str
    why: str
    when: str
    phone: str
    reasons: list[Worded]
    reasons_of: float | None
    checks: list[tuple[str, str]]
    is_nameless: bool

    @property
    def open_key(self) -> str:
        """How the address names the row that is opened."""
        return str(self.uuid)

    @property
    def codes(self) -> frozenset[str]:
        """Every situation the customer is in, for the counts above the list."""
        return frozenset({self.line.situation, *(reason.code for reason in self.line.reasons)})


def follow_rows(day: Day, lines: Sequence[Line], user: User) -> list[FollowRow]:
    """Rows of the plan; a fixed number of queries whatever their number."""
    ids = [line.step.customer_id for line in lines]
    before = heat_a_week_ago([pk for line, pk in zip(lines, ids, strict=True) if line.step.heat is not None], day.frame)
    phones = _phones(lines, user)
    chains = _chains([line.step.deal.pk for line in lines if line.step.deal])
    return [_row(line, day, before.get(pk), phones, chains) for line, pk in zip(lines, ids, strict=True)]


def heat_a_week_ago(customer_ids: Sequence[int], frame: Frame) -> dict[int, float]:
    """The heat seven days ago, from the facts known by then."""
    if not customer_ids:
        return {}
    week_ago = frame.today - WEEK
    courses = (folded(case) for case in gather(customer_ids, frame, upto=week_ago))
    return {course.customer_id: view(course.journey, week_ago, course.context).hottest for course in courses}


def day_name(day: date, today: date) -> str:
    """A day as people say it: today, tomorrow, else MM-DD with its weekday."""
    if day <= today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return f"{day:%m-%d} {weekday(day)}"


def weekday(day: date) -> str:
    """The weekday, short."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]


def _row(line: Line, day: Day, before: float | None, phones: dict[int, str], chains: dict[int, bool]) -> FollowRow:
    step, today = line.step, day.frame.today
    stands, seen = step.standing, step.seen
    deadline = stands.deadline_on if stands else None
    used = seen.window.value if seen and seen.window else 0.0
    shown = seen.heat if seen and step.heat is not None else None
    return FollowRow(
        line=line,
        uuid=line.customer_uuid,
        heat=step.heat,
        band=screen_band(band(step.heat, day.frame.scale.heat)) if step.heat is not None else "",
        change=step.heat - before if step.heat is not None and before is not None else None,
        quadrant=stands.quadrant if stands else "",
        days_left=(deadline - today).days if deadline else None,
        window_used=100 * float(used) if isinstance(used, float | int) else 0.0,
        strong=line.situation_name,
        why=_colon() + line.why,
        when=_when(line, today),
        phone=phones.get(line.contact_id or 0, ""),
        reasons=worded(shown.reasons, day.frame.playbook) if shown else [],
        reasons_of=float(shown.value) if shown and isinstance(shown.value, float | int) else None,
        checks=_checks(step, day, chains),
        is_nameless=line.situation == "name_the_customer",
    )


def _colon() -> str:
    return pgettext("between a name and its sentence", ": ")


def _when(line: Line, today: date) -> str:
    due = day_name(line.due_on, today) if line.due_on else ""
    kind = kind_words(line.kinds[0]) if line.kinds else ""
    return " · ".join(part for part in (kind, due) if part)


def _checks(step: Step, day: Day, chains: dict[int, bool]) -> list[tuple[str, str]]:
    """Before the visit that should decide: only class A has one; what nobody recorded is unknown."""
    if step.standing is None or step.standing.quadrant != Quadrant.A.value or step.deal is None:
        return []
    words = {item.code: item for item in day.frame.playbook.checklist}
    checked = visit_checklist(chain=chains.get(step.deal.pk), scale=day.frame.scale.strategy)
    return [
        (CHECK_STATES[each.state], (words[each.code].red if each.state == "red" else words[each.code].text).of(lang()))
        for each in checked
        if each.code in words
    ]


def _phones(lines: Iterable[Line], user: User) -> dict[int, str]:
    """The number to call, only where it may be read in clear."""
    people = [line.contact_id for line in lines if line.contact_id]
    customers = list(Customer.objects.visible_to(user).filter(pk__in=[line.step.customer_id for line in lines]))
    clear = clear_for(user, customers)
    kinds = (PointKind.MOBILE, PointKind.PHONE)
    rows = ContactPoint.objects.visible_to(user).filter(contact_id__in=people, kind__in=kinds, customer_id__in=clear)
    found: dict[int, str] = {}
    for contact_id, value in rows.order_by("kind", "pk").values_list("contact_id", "value"):
        if contact_id is not None:
            found.setdefault(contact_id, value)
    return found


def _chains(deal_ids: Sequence[int]) -> dict[int, bool]:
    """Whether somebody who decides is known, per deal that names anybody at all."""
    found: dict[int, bool] = {}
    for deal, role in Influencer.objects.filter(opportunity_id__in=deal_ids).values_list("opportunity_id", "role"):
        found[deal] = found.get(deal, False) or role in DECIDERS
    return found
