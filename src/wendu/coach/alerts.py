"""Telling people what cannot wait: heat to strike on, and heat that was lost."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from wendu.access.scope import scope_of
from wendu.agenda.actions import notify_many
from wendu.agenda.models import Notification
from wendu.coach.facts import Case
from wendu.coach.models import DealStanding
from wendu.customers.facts import opted_out
from wendu.customers.models import Customer
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.journal.verbs import declare
from wendu.method.journey import Journey, fold, rolled

RAISED, MISSED, SUPERSEDED = "strike.raised", "heat.missed", "alert.superseded"
declare(RAISED, MISSED, SUPERSEDED)
ONE_DAY = timedelta(days=1)
Told = tuple[str, int, date]


def tell(old: Mapping[int, DealStanding], new: Sequence[DealStanding], *, at: datetime) -> None:
    """Journal and notify the alerts that came up since the rows were last written."""
    raised = [row for row in new if row.strike_since and row.strike_since != _strike(old.get(row.pk))]
    missed = [row for row in new if row.missed_on and row.missed_on != _missed(old.get(row.pk))]
    for row in raised:
        _note(RAISED, row, row.strike_since, at)
    for row in missed:
        _note(MISSED, row, row.missed_on, at)
    if raised or missed:
        silent = opted_out({row.customer_id for row in (*raised, *missed)})
        heard = [[row for row in rows if row.customer_id not in silent] for rows in (raised, missed)]
        notify_many([*_to_owners(heard[0], at), *_to_managers(heard[1], at)])


def take_back(case: Case, start: Journey, *, today: date, at: datetime) -> None:
    """Mark alerts superseded that the facts no longer tell of; what was delivered stays (method: 8, backdating)."""
    told = [each for each in standing_alerts(case.customer_id) if start.on is None or each[2] > start.on]
    if not told:
        return
    happened = alert_days(case, start, today)
    for verb, deal, on in told:
        if _happened((verb, deal, on), happened):
            continue
        record(
            SUPERSEDED,
            subject=("opportunity", deal),
            root=("customer", case.customer_id),
            actor=None,
            at=at,
            after={"alert": verb, "on": on.isoformat()},
        )


def standing_alerts(customer_id: int) -> list[Told]:
    """Alerts told about a customer and not taken back since (one query)."""
    found: dict[Told, None] = {}
    rows = Entry.objects.filter(
        root_kind="customer", root_id=customer_id, verb__in=(RAISED, MISSED, SUPERSEDED), after__isnull=False
    )
    for verb, deal, noted in rows.order_by("pk").values_list("verb", "subject_id", "after"):
        after = noted or {}
        key = (after.get("alert", verb), deal, date.fromisoformat(after["on"]))
        if verb == SUPERSEDED:
            found.pop(key, None)
        else:
            found[key] = None
    return list(found)


def alert_days(case: Case, start: Journey, today: date) -> frozenset[Told]:
    """Which alerts the facts tell of, from a state on up to a day."""
    found: set[Told] = set()
    state = start
    for day in case.days:
        state = rolled(state, day.on - ONE_DAY, case.context)
        found.update(_alerts_in(state))
        state = fold(state, day, case.context)
        found.update(_alerts_in(state))
    found.update(_alerts_in(rolled(state, today, case.context)))
    return frozenset(found)


def managers_of(team_id: int | None) -> list[User]:
    """The active managers in whose branch a team lies."""
    if team_id is None:
        return []
    managers = User.objects.active().filter(role=Role.MANAGER).select_related("team")
    return [manager for manager in managers if team_id in scope_of(manager).team_ids]


def _alerts_in(state: Journey) -> Iterable[Told]:
    for deal in state.deals:
        if deal.strike.since is not None:
            yield RAISED, deal.id, deal.strike.since
        if deal.strike.missed_on is not None:
            yield MISSED, deal.id, deal.strike.missed_on


def _happened(alert: Told, happened: frozenset[Told]) -> bool:
    """Whether the facts tell of it: heat can only be missed where an alert had been raised before."""
    verb, deal, on = alert
    if alert in happened:
        return True
    return verb == RAISED and any(other == MISSED and of == deal and day > on for other, of, day in happened)


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
    managers = {team_id: managers_of(team_id) for team_id in {row.team_id for row in rows}}
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
        for manager in managers[row.team_id]
    ]


def _uuids(rows: Sequence[DealStanding]) -> dict[int, UUID]:
    if not rows:
        return {}
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
