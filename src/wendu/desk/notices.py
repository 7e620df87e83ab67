"""What a person was told, in words, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.agenda.models import Notification
from wendu.agenda.queries import notifications_of
from wendu.customers.models import Customer
from wendu.desk.audit_files import ROWS_ARE
from wendu.desk.batch_notices import BATCHES, batch_notice
from wendu.identity.models import User


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing told, ready to be shown."""

    uuid: UUID
    words: str
    about: str
    icon: str
    at: datetime
    is_unread: bool


def notices_of(user: User, *, limit: int) -> list[Notice]:
    """The latest things this person was told (two queries); customers no longer visible are not named."""
    return as_notices(list(notifications_of(user)[:limit]), user)


def as_notices(rows: Sequence[Notification], user: User) -> list[Notice]:
    """Notifications in words, each naming its customer only while this person sees it (one query)."""
    asked = {row.customer_uuid for row in rows if row.customer_uuid}
    seen = Customer.objects.visible_to(user).filter(uuid__in=asked)
    names = dict(seen.values_list("uuid", "name")) if asked else {}
    return [
        Notice(
            uuid=row.uuid,
            words=notice_words(row.code, row.params),
            about=names.get(row.customer_uuid, "") if row.customer_uuid else "",
            icon=ICONS.get(row.code, "bell"),
            at=row.at,
            is_unread=row.read_at is None,
        )
        for row in rows
    ]


ICONS = {
    "strike_raised": "campfire",
    "heat_missed": "trending-down",
    "book_handed": "users",
    "replanned": "calendar-time",
    "steps_planned": "calendar",
    "steps_dropped": "calendar-time",
    "customer_given": "users",
    "customers_given": "users",
    "customers_taken": "users",
    "customers_returned": "users",
    "customers_deleted": "trash",
    "customers_restored": "arrow-back-up",
    "batch_done": "circle-check",
    "export_ready": "download",
    "export_failed": "alert-triangle",
}


def notice_words(code: str, params: dict[str, object]) -> str:
    """Say in the reader's language what a notification's code means."""
    if code == "strike_raised":
        return _("Strike now: %(heat)s°") % {"heat": round(float(str(params.get("heat", 0))))}
    if code == "heat_missed":
        return _("The strike was missed on %(day)s; agree with the owner what comes next") % {"day": _short(params)}
    if code == "replanned":
        return _("%(name)s planned this for %(day)s") % {"name": params.get("name", ""), "day": _short(params)}
    if code == "book_handed":
        said = ngettext(
            "%(customers)s customer of %(name)s is yours now",
            "%(customers)s customers of %(name)s are yours now",
            _many(params),
        )
        return said % {"customers": _many(params), "name": params.get("name", "")}
    if code in BATCHES:
        return batch_notice(code, params)
    return _table(code, params) or _("Something changed here; open it to see what")


def _table(code: str, params: dict[str, object]) -> str:
    """A table that was taken out, or could not be; nothing of anything else."""
    kind = str(params.get("kind", ""))
    told = {"kind": ROWS_ARE.get(kind, kind)}
    if code == "export_ready":
        return _("The table you asked for is ready to be taken: %(kind)s") % told
    return _("The table you asked for could not be written: %(kind)s") % told if code == "export_failed" else ""


def _short(params: dict[str, object]) -> str:
    try:
        return f"{date.fromisoformat(str(params.get('on'))):%m-%d}"
    except ValueError:
        return _("an earlier day")


def _many(params: dict[str, object]) -> int:
    told = params.get("customers", 0)
    return told if isinstance(told, int) else 0
