"""The log as the method wants it: touches, answers and days of silence per customer and day, in bulk."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from wendu.kernel.prepared import Among, Row, prepared
from wendu.method.codes import Axis, Outcome, Quality, Reach, Refusal
from wendu.method.facts import Answer, TouchFact
from wendu.opportunities.choices import InfluencerRole
from wendu.opportunities.models import Influencer
from wendu.touches.choices import Refusal as RefusalChoice
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import (
    Commitment,
    IndicatorAnswer,
    QuietPeriod,
    Tail,
    Touch,
    TouchContact,
)

Rows = QuerySet[Any, Any]
Interval = tuple[date, date]
Reaches = Mapping[int, Mapping[int, Reach]]
TouchDays = dict[int, dict[date, list[TouchFact]]]
AnswerDays = dict[int, dict[date, list[Answer]]]


class TouchRow(NamedTuple):
    """The columns of a touch that the method judges."""

    pk: int
    customer_id: int
    touched_on: date
    kind: str
    is_two_way: bool
    is_proactive: bool
    opportunity_id: int | None
    outcome: str
    refusal: str
    agreed_on: date | None
    emotion_benefit: int | None
    emotion_cost: int | None
    value_note: str
    has_news: bool


COLUMNS = ("pk", *TouchRow._fields[1:])


def touch_facts(customer_ids: Collection[int], *, since: date | None = None, upto: date | None = None) -> TouchDays:
    """Give the standing touches of many customers per day, in the order they were logged: five queries at most.

    Only facts dated from `since` up to `upto` (both included) are read; that is how any day is seen as it was.
    """
    found: TouchDays = {pk: {} for pk in customer_ids}
    asked = (customer_ids, since or date.min, upto or date.max)
    rows = list(map(TouchRow._make, _touches(*asked)))
    if not rows:
        return found
    solved = {pk for (pk,) in _solved(*asked)}
    due = dict[int, date](_advance_days(*asked) if any(row.outcome == TouchOutcome.ADVANCE for row in rows) else ())
    people = _grouped(_people(*asked))
    reaches = reaches_of(customer_ids) if people else {}
    for row in rows:
        fact = fact_of(row, people.get(row.pk, ()), reaches, solved=row.pk in solved, advance_on=due.get(row.pk))
        found[row.customer_id].setdefault(row.touched_on, []).append(fact)
    return found


def answer_facts(customer_ids: Collection[int], *, since: date | None = None, upto: date | None = None) -> AnswerDays:
    """Give the answers to the ten questions per day, in the order they were given: one query."""
    found: AnswerDays = {pk: {} for pk in customer_ids}
    for customer_id, on, axis, indicator, value in _answers(customer_ids, since or date.min, upto or date.max):
        found[customer_id].setdefault(on, []).append(Answer(_AXES[axis], indicator, value))
    return found


def quiet_facts(customer_ids: Collection[int], *, as_of: date | None = None) -> dict[int, list[Interval]]:
    """Give the days of silence known on a day (those agreed up to it, or begun by it): one query."""
    found: dict[int, list[Interval]] = {pk: [] for pk in customer_ids}
    for customer_id, starts_on, ends_on in _quiet_periods(customer_ids, as_of or date.max):
        found[customer_id].append((starts_on, ends_on))
    return found


def open_tail_counts(customer_ids: Collection[int], *, as_of: date | None = None) -> dict[int, int]:
    """Count the problems each customer was left with on a day (method: 3.5 no tails): one query."""
    return dict(_open_tails(customer_ids, as_of or date.max)) if customer_ids else {}


def asked_days(customer_ids: Collection[int], kinds: Collection[str], *, upto: date) -> dict[int, date]:
    """The latest day we turned to each customer in a talk of these kinds, up to a day (one query).

    A complaint, or a call of theirs, is no question of ours.
    """
    return dict(_asked(customer_ids, tuple(sorted(kinds)), upto)) if customer_ids and kinds else {}


def fact_of(
    row: TouchRow, contact_ids: Sequence[int], reaches: Reaches, *, solved: bool, advance_on: date | None
) -> TouchFact:
    """Make the method's view of one touch; of several people the one deepest in the decision stands for all.

    Without a quality said here the outcome tells it; a missing value note is judged by the method itself.
    """
    contact, reach = _main_person(contact_ids, row.opportunity_id, reaches)
    return TouchFact(
        id=row.pk,
        kind=row.kind,
        two_way=row.is_two_way,
        proactive=row.is_proactive,
        contact=contact,
        reach=reach,
        deal=row.opportunity_id,
        quality=quality_of(row.outcome, solved=solved, has_news=row.has_news),
        outcome=_OUTCOMES[row.outcome],
        refusal=_REFUSALS[row.refusal],
        agreed_on=row.agreed_on or advance_on,
        bad_experience=is_bad_experience(row.emotion_benefit, row.emotion_cost),
        value_note=bool(row.value_note),
    )


def quality_of(outcome: str, *, solved: bool, has_news: bool) -> Quality | None:
    """Quality where the outcome alone does not tell it: a problem fully solved, or nothing new learnt (method: 3.4)."""
    if solved:
        return Quality.FULL
    if not has_news and outcome not in (TouchOutcome.ORDER, TouchOutcome.ADVANCE):
        return Quality.THIN
    return None


def is_bad_experience(benefit: int | None, cost: int | None) -> bool:
    """Emotional value below zero; with one side unknown nothing is said (method: 3.30)."""
    return benefit is not None and cost is not None and benefit < cost


def reaches_of(customer_ids: Collection[int]) -> dict[int, dict[int, Reach]]:
    """Give per opportunity whom its influencers are; under 0 the best over all opportunities of a customer.

    Contacts belong to one customer, so a contact's best reach needs no customer (method: 8, reach).
    """
    found: dict[int, dict[int, Reach]] = defaultdict(dict)
    for deal, contact, role, is_powerful in _influencers(customer_ids):
        reach = reach_of(role, is_powerful=is_powerful)
        found[deal][contact] = reach
        if found[ANY_DEAL].get(contact) is not Reach.POWERFUL:
            found[ANY_DEAL][contact] = reach
    return found


def reach_of(role: str, *, is_powerful: bool) -> Reach:
    """Give how deep a touch with an influencer reaches into the decision."""
    return Reach.POWERFUL if is_powerful or role == InfluencerRole.DECISION_MAKER else Reach.INFLUENCER


ANY_DEAL = 0
DENSE_FROM = 100
_DEPTH = {Reach.POWERFUL: 0, Reach.INFLUENCER: 1, Reach.OTHER: 2}
_AXES = {axis.value: axis for axis in Axis}
_OUTCOMES = {value: Outcome(value) for value in TouchOutcome.values}
_REFUSALS = {"": Refusal.NONE, **{value: Refusal(value) for value in RefusalChoice.values}}


def _main_person(contact_ids: Sequence[int], deal: int | None, reaches: Reaches) -> tuple[int | None, Reach]:
    if not contact_ids:
        return None, Reach.INFLUENCER
    people = reaches.get(deal or ANY_DEAL, {})
    if len(contact_ids) == 1:
        pk = contact_ids[0]
    else:
        pk = min(contact_ids, key=lambda pk: (_DEPTH[people.get(pk, Reach.OTHER)], pk))
    return pk, people.get(pk, Reach.OTHER)


@prepared
def _touches(customer_ids: Collection[int], since: date, upto: date) -> Rows:
    mine = Among("customer_id", customer_ids)
    rows = Touch.objects.standing().filter(mine, touched_on__gte=since, touched_on__lte=upto)
    return rows.order_by("customer_id", "touched_on", "pk").values_list(*COLUMNS)


@prepared
def _asked(customer_ids: Collection[int], kinds: Collection[str], upto: date) -> Rows:
    rows = Touch.objects.standing().filter(Among("customer_id", customer_ids), Among("kind", kinds))
    rows = rows.filter(is_proactive=True, touched_on__lte=upto).order_by()
    return rows.values_list("customer_id").annotate(latest=Max("touched_on"))


@prepared
def _people(customer_ids: Collection[int], since: date, upto: date) -> Rows:
    mine = Among("touch__customer_id", customer_ids)
    days = {"touch__touched_on__gte": since, "touch__touched_on__lte": upto}
    rows = TouchContact.objects.filter(mine, touch__undone_at__isnull=True, **days)
    return rows.order_by("pk").values_list("touch_id", "contact_id")


@prepared
def _solved(customer_ids: Collection[int], since: date, upto: date) -> Rows:
    """Touches in which a problem was fully solved."""
    mine = Among("customer_id", customer_ids)
    rows = Tail.objects.standing().filter(mine, closed_on__gte=since, closed_on__lte=upto)
    return rows.filter(closed_in__isnull=False, closed_in__undone_at__isnull=True).values_list("closed_in_id")


@prepared
def _advance_days(customer_ids: Collection[int], since: date, upto: date) -> Rows:
    """By when the customer will do what makes a touch an advance; that date is an agreed one (method: 3.4)."""
    mine = Among("touch__customer_id", customer_ids)
    days = {"touch__touched_on__gte": since, "touch__touched_on__lte": upto}
    rows = Commitment.objects.filter(mine, touch__outcome=TouchOutcome.ADVANCE, touch__undone_at__isnull=True, **days)
    return rows.order_by("-pk").values_list("touch_id", "due_on")


@prepared
def _answers(customer_ids: Collection[int], since: date, upto: date) -> Rows:
    mine = Among("customer_id", customer_ids)
    rows = IndicatorAnswer.objects.standing().filter(mine, answered_on__gte=since, answered_on__lte=upto)
    return rows.order_by("customer_id", "answered_on", "pk").values_list(
        "customer_id", "answered_on", "axis", "indicator", "value"
    )


@prepared
def _quiet_periods(customer_ids: Collection[int], as_of: date) -> Rows:
    known = Q(set_on__lte=as_of) | Q(starts_on__lte=as_of)
    rows = QuietPeriod.objects.standing().filter(Among("customer_id", customer_ids), known)
    return rows.order_by("starts_on", "pk").values_list("customer_id", "starts_on", "ends_on")


@prepared
def _open_tails(customer_ids: Collection[int], as_of: date) -> Rows:
    still_open = Q(closed_on__isnull=True) | Q(closed_in__undone_at__isnull=False) | Q(closed_on__gt=as_of)
    rows = Tail.objects.standing().filter(Among("customer_id", customer_ids), still_open, opened_on__lte=as_of)
    counts = rows.order_by("customer_id").values("customer_id").annotate(count=Count("pk"))
    return counts.values_list("customer_id", "count")


@prepared
def _influencers(customer_ids: Collection[int]) -> Rows:
    mine = Among("opportunity__customer_id", customer_ids)
    rows = Influencer.objects.filter(mine, opportunity__deleted_at__isnull=True)
    return rows.order_by("pk").values_list("opportunity_id", "contact_id", "role", "is_powerful")


def _grouped(pairs: list[Row]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for touch_id, contact_id in pairs:
        found[touch_id].append(contact_id)
    return found
