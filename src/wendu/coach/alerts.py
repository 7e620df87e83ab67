"""Telling people what cannot wait: heat to strike on, and heat that was lost."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from wendu.access.scope import scope_of
from wendu.agenda.actions import notify_many
from wendu.agenda.models import Notification
from wendu.coach.models import DealStanding
from wendu.customers.models import Customer
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare

declare("strike.raised", "heat.missed", "alert.superseded")


def tell(old: Mapping[int, DealStanding], new: Sequence[DealStanding], *, at: datetime) -> None:
    """Journal and notify alerts that came up since the row was last written; one the facts took back is marked so."""
    raised = [row for row in new if row.strike_since and row.strike_since != _strike(old.get(row.pk))]
    missed = [row for row in new if row.missed_on and row.missed_on != _missed(old.get(row.pk))]
    for row in new:
        before = old.get(row.pk)
        taken_back = before is not None and before.strike_since and row.strike_since is None and row.missed_on is None
        if taken_back and row.reopens_on is None:
            _note("alert.superseded", row, before.strike_since if before else None, at)
    for row in raised:
        _note("strike.raised", row, row.strike_since, at)
    for row in missed:
        _note("heat.missed", row, row.missed_on, at)
    if raised or missed:
        notify_many([*_to_owners(raised, at), *_to_managers(missed, at)])


def managers_of(team_id: int | None) -> list[User]:
    """The active managers in whose branch a team lies."""
    if team_id is None:
        return []
    managers = User.objects.active().filter(role=Role.MANAGER).select_related("team")
    return [manager for manager in managers if team_id in scope_of(manager).team_ids]


def _to_owners(rows: Sequence[DealStanding], at: datetime) -> list[Notification]:
    uuids = _uuids(rows)
    return [
        Notification(
            user_id=row.owner_id,
            code="strike_raised",
            key=f"strike {row.pk} {row.strike_since}",
            params={"heat": round(row.heat, 1)},
            customer_uuid=uuids.get(row.customer_id),
            at=at,
        )
        for row in rows
        if row.owner_id is not None
    ]


def _to_managers(rows: Sequence[DealStanding], at: datetime) -> list[Notification]:
    uuids = _uuids(rows)
    return [
        Notification(
            user=manager,
            code="heat_missed",
            key=f"missed {row.pk} {row.missed_on}",
            params={"on": row.missed_on.isoformat() if row.missed_on else ""},
            customer_uuid=uuids.get(row.customer_id),
            at=at,
        )
        for row in rows
        for manager in managers_of(row.team_id)
    ]


def _uuids(rows: Sequence[DealStanding]) -> dict[int, UUID]:
    return dict(Customer.objects.filter(pk__in={row.customer_id for row in rows}).values_list("pk", "uuid"))


def _note(verb: str, row: DealStanding, on: date | None, at: datetime) -> None:
    record(
        verb,
        subject=("opportunity", row.pk),
        root=("customer", row.customer_id),
        actor=None,
        at=at,
        after={"on": on.isoformat() if on else None, "heat": round(row.heat, 1)},
    )


def _strike(row: DealStanding | None) -> date | None:
    return row.strike_since if row else None


def _missed(row: DealStanding | None) -> date | None:
    return row.missed_on if row else None
