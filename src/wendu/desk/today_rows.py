"""The rows of Today: each customer on the plan with its heat, its window, why, what to do, and how to say it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import ngettext, pgettext

from wendu.access.masking import clear_for
from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope
from wendu.coach.facts import folded, gather
from wendu.coach.plan import Day
from wendu.coach.queries import states_before
from wendu.coach.sight import seen
from wendu.customers.choices import PointKind
from wendu.customers.models import ContactPoint, Customer
from wendu.desk.around import Around
from wendu.desk.days import day_name
from wendu.desk.degrees import points
from wendu.desk.plan import Line, situation_name
from wendu.desk.wording import Worded, kind_words, lang, reason_words, screen_band, worded
from wendu.identity.models import User
from wendu.kernel.prepared import Among
from wendu.method.codes import Quadrant
from wendu.method.facts import Context
from wendu.method.journey import Journey
from wendu.method.strategy import visit_checklist
from wendu.method.temperature import band

WEEK = timedelta(days=7)
CHECK_STATES = {"green": "met", "red": "missing", "unknown": "unknown"}
JUDGED_AT_MOST = 10_000
_judged: dict[UUID, tuple[tuple[date, tuple[Journey, Context] | None], float]] = {}


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
    checks_hint: str
    rank: str
    is_nameless: bool

    @property
    def open_key(self) -> str:
        """How the address names the row that is opened."""
        return str(self.uuid)


@dataclass(frozen=True, slots=True)
class SpareRow:
    """One customer who found no room today: named, with its heat and the reason, no more."""

    customer: str
    uuid: UUID
    heat: float | None
    band: str
    strong: str


def spare_rows(day: Day, around: Around) -> list[SpareRow]:
    """Those who found no room, without a question of their own."""
    playbook, scale, words = day.frame.playbook, day.frame.scale.heat, lang()
    found = [(around.customers[step.customer_id], step) for step in day.left_out]
    return [
        SpareRow(
            customer=customer.name,
            uuid=customer.uuid,
            heat=step.heat,
            band=screen_band(band(step.heat, scale)) if step.heat is not None else "",
            strong=situation_name(step, playbook).of(words),
        )
        for customer, step in found
    ]


def follow_rows(day: Day, lines: Sequence[Line], user: User) -> list[FollowRow]:
    """Rows of the plan; a fixed number of queries whatever their number."""
    ids = [line.step.customer_id for line in lines]
    before = heat_a_week_ago(
        {line.step.customer_id: line.customer_uuid for line in lines if line.step.heat is not None}, day
    )
    phones = _phones(lines, user)
    return [_row(line, day, before.get(pk), phones) for line, pk in zip(lines, ids, strict=True)]


def heat_a_week_ago(customers: Mapping[int, UUID], day: Day) -> dict[int, float]:
    """The heat seven days ago, from the facts known by then; for each customer its id and uuid.

    What is remembered of a customer tells it wherever at most one day with facts was added since; only for the others
    the facts are read and judged again, once per state of the customer.
    """
    week_ago = day.frame.today - WEEK
    states = _states_on(week_ago, list(customers), day)
    found = {pk: seen(state, week_ago, day.held[pk][1]).hottest for pk, state in states.items()}
    now = {pk: (week_ago, day.held.get(pk)) for pk in customers if pk not in found}
    judged = {pk: _judged[customers[pk]] for pk in now if customers[pk] in _judged}
    found |= {pk: heat for pk, (state, heat) in judged.items() if state == now[pk]}
    others = [pk for pk in customers if pk not in found]
    for case in gather(others, day.frame, upto=week_ago) if others else ():
        pk, course = case.customer_id, folded(case)
        found[pk] = seen(course.journey, week_ago, course.context).hottest
        if len(_judged) >= JUDGED_AT_MOST:
            _judged.clear()
        _judged[customers[pk]] = (now[pk], found[pk])
    return found


def _states_on(on: date, customer_ids: Sequence[int], day: Day) -> dict[int, Journey]:
    """What was known of customers on an earlier day, as far as the latest two states tell (one query)."""
    found: dict[int, Journey] = {}
    moved: list[int] = []
    for pk in customer_ids:
        stands = pk in day.held and all(starts_on <= on for starts_on, _ in day.spells.get(pk, ()))
        if stands and _is_state_of(day.held[pk][0], on):
            found[pk] = day.held[pk][0]
        elif stands:
            moved.append(pk)
    before = states_before(moved) if moved else {}
    return found | {pk: state for pk, state in before.items() if _is_state_of(state, on)}


def _is_state_of(state: Journey, on: date) -> bool:
    return state.on is None or state.on <= on


def _row(line: Line, day: Day, before: float | None, phones: dict[int, str]) -> FollowRow:
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
        checks=(checks := _checks(line, day)),
        checks_hint=_checks_hint(checks, day),
        rank=_rank(line),
        is_nameless=line.situation == "name_the_customer",
    )


def _colon() -> str:
    return pgettext("between a name and its sentence", ": ")


def _when(line: Line, today: date) -> str:
    due = day_name(line.due_on, today) if line.due_on else ""
    kind = kind_words(line.kinds[0]) if line.kinds else ""
    return " · ".join(part for part in (kind, due) if part)


def _checks(line: Line, day: Day) -> list[tuple[str, str]]:
    """Before the visit that should decide: only class A has one; what nobody recorded is unknown."""
    step = line.step
    if step.standing is None or step.standing.quadrant != Quadrant.A.value or step.deal is None:
        return []
    words = {item.code: item for item in day.frame.playbook.checklist}
    checked = visit_checklist(chain=line.chain, scale=day.frame.scale.strategy)
    return [
        (CHECK_STATES[each.state], (words[each.code].red if each.state == "red" else words[each.code].text).of(lang()))
        for each in checked
        if each.code in words
    ]


def _checks_hint(checks: Sequence[tuple[str, str]], day: Day) -> str:
    """What is open is no reason to wait: it is closed by phone first, else one goes all the same."""
    if all(state == CHECK_STATES["green"] for state, _words in checks):
        return ""
    hours = day.frame.scale.strategy.red_items_hours
    words = ngettext(
        "Close what is open by phone within %(hours)s hour; if not, go all the same",
        "Close what is open by phone within %(hours)s hours; if not, go all the same",
        hours,
    )
    return words % {"hours": hours}


def _rank(line: Line) -> str:
    """The score the customer is ranked by, and what each part of it brought."""
    if line.step.priority is None or line.score is None:
        return ""
    parts = [
        f"{reason_words(reason)} {points(reason.numbers['points'], signed=False)}"
        for reason in line.step.priority.reasons
    ]
    return f"{points(line.score, signed=False)} = {' + '.join(parts)}"


def _phones(lines: Iterable[Line], user: User) -> dict[int, str]:
    """The number to call, only where it may be read in clear."""
    people = [line.contact_id for line in lines if line.contact_id]
    clear = clear_for(user, [line.record for line in lines], of=Customer)
    found: dict[int, str] = {}
    for row in _numbers(user, people) if people and clear else ():
        if row.contact_id is not None and row.customer_id in clear:
            found.setdefault(row.contact_id, row.value)
    return found


class _Number(NamedTuple):
    contact_id: int | None
    customer_id: int
    value: str


@prepared_for(_Number)
def _numbers(me: Scope, contact_ids: Collection[int]) -> QuerySet[Any, Any]:
    points = ContactPoint.objects.visible_to(me).filter(Among("contact_id", contact_ids))
    return points.filter(kind__in=(PointKind.MOBILE, PointKind.PHONE)).order_by("kind", "pk")
