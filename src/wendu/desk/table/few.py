"""The warmest few customers that stand beside another page."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from wendu.coach.conditions import alert_set, alert_test
from wendu.coach.frame import Frame
from wendu.coach.orders import WARMEST
from wendu.coach.walking import find_page
from wendu.coach.ways import Narrowing, Ways
from wendu.desk.table.columns import column
from wendu.desk.table.rows import Row, rows_of
from wendu.identity.models import User

SHOWN = ("class", "window", "owner")


@dataclass(frozen=True, slots=True)
class Near:
    """One customer beside the plan."""

    uuid: UUID
    name: str
    heat: float | None
    band: str
    quadrant: str
    days_left: int | None
    window_used: float
    owner: str


def warmest(user: User, frame: Frame, *, alert: str = "", status: str = "", limit: int) -> list[Near]:
    """The warmest few of the customers this user sees, of one alert or one status."""
    of_status = Q(status=status) if status else Q()
    test = of_status & alert_test(alert, frame) if alert else of_status
    sets = ((alert_set(alert, frame),) if alert else ()) + ((of_status,) if status else ())
    narrowing = Narrowing(test, sets, of_status)
    found = find_page(Ways(user, narrowing), WARMEST, frame, limit=limit)
    rows = rows_of(found.keys, WARMEST, map(column, SHOWN), frame)
    return [_near(row, frame) for row in rows]


def _near(row: Row, frame: Frame) -> Near:
    return Near(
        uuid=row.uuid,
        name=row.name,
        heat=row.heat,
        band=row.band,
        quadrant=row.values["quadrant"],
        days_left=row.days_left(frame.today),
        window_used=row.window_used(frame.today),
        owner=row.values["owner__full_name"] or row.values["owner__username"] or "",
    )
