"""What can be asked of a standing beyond its columns: alerts, today's temperature, the stage of an open deal.

Each is said twice: as a test of one row, and as a set an index finds at once.
"""

from math import log2

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Standing
from wendu.coach.orders import A_TRIFLE, NO_HEAT, Order, half_lives, value_of
from wendu.coach.ways import NOBODY, Keys
from wendu.method.codes import Status

COLUMNS = {
    "cold_gap": "gap_on__lte",
    "cold_gap_severe": "severe_on__lte",
    "window_overdue": "deadline_on__lt",
    "due": "due_on__lte",
    "revisit_due": "revisit_on__lte",
}
OF_DEALS = {"strike": "strike_since__lte", "missed_heat": "missed_on__lte"}


def alert_test(code: str, frame: Frame) -> Q:
    """Whether an alert stands."""
    if code in OF_DEALS:
        return Q(Exists(_deals(code, frame).filter(customer_id=OuterRef("pk"))))
    return _of_columns(code, frame)


def alert_set(code: str, frame: Frame) -> Q | Keys:
    """All for whom an alert stands."""
    return _deals(code, frame).values("customer_id") if code in OF_DEALS else _of_columns(code, frame)


def heat_test(frame: Frame, *, lowest: float | None = None, highest: float | None = None) -> Q:
    """Whether today's temperature lies in a range; one that was never heated has none."""
    value = value_of(Order(), frame)
    found = Q()
    if lowest is not None:
        found &= Q(GreaterThanOrEqual(value, log2(lowest) if lowest > 0 else NO_HEAT))
    if highest is not None:
        found &= Q(LessThanOrEqual(value, log2(highest) if highest > 0 else NO_HEAT))
    return found


def heat_set(frame: Frame, lowest: float) -> Q:
    """All that are at least so warm today, perhaps a trifle less: one stretch of the index per half-life."""
    today, edge = frame.axis.at(frame.today), log2(lowest) - A_TRIFLE
    found = Q(cools_from_axis__gt=today, heat__gte=lowest * (1 - A_TRIFLE))
    for pace in half_lives(frame.scale):
        found |= Q(half_life_days=pace, cool_key__gte=edge + today / pace)
    return found


def never_heated() -> Q:
    """Whether there is no temperature, because nobody was ever in touch."""
    return Q(cool_key__isnull=True, latest_touch_on__isnull=True)


def stage_test(stages: list[str]) -> Q:
    """Whether an open deal stands at one of these stages; at any, if none is named."""
    return Q(Exists(_at_stage(stages).filter(customer_id=OuterRef("pk"))))


def stage_set(stages: list[str]) -> Keys:
    """All with an open deal at one of these stages."""
    return _at_stage(stages).values("customer_id")


def everybody() -> Keys:
    """All standings, by key."""
    return Standing.objects.order_by().values("pk")


def _at_stage(stages: list[str]) -> Keys:
    deals = DealStanding.objects.order_by()
    return deals.filter(opportunity__stage__in=stages) if stages else deals


def _deals(code: str, frame: Frame) -> Keys:
    return DealStanding.objects.order_by().filter(**{OF_DEALS[code]: frame.today})


def _of_columns(code: str, frame: Frame) -> Q:
    if code == "first_touch_due":
        return Q(status=Status.UNVISITED.value)
    return Q(**{COLUMNS[code]: frame.today}) if code in COLUMNS else NOBODY
