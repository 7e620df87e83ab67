"""What stands now, read under a lock: open, paused, won, lost or cancelled (method: 2.5 state machines)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from wendu.customers.actions import AlreadyDeleted, lock_customer
from wendu.identity.models import Organisation, User
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.opportunities.choices import Outcome, Stage, State
from wendu.opportunities.models import Closure, Opportunity, Pause, StageMove

SELLING = (Stage.ST1, Stage.ST2, Stage.ST3, Stage.ST4)
RESTART = (Stage.ST1, Stage.ST2)
STATES = {Outcome.WON: State.WON, Outcome.LOST: State.LOST, Outcome.CANCELLED: State.CANCELLED}


class NotOpen(ActionError):
    """Only an open opportunity moves, rests or ends."""

    code = "not_open"
    message = _("This can be done only while the opportunity is open. It is now: %(state)s. Reopen or resume it first.")


class BadRestart(ActionError):
    """Taken up again, an opportunity starts early, because the customer's need may have changed."""

    code = "bad_restart"
    field = "to_stage"
    message = _("An opportunity taken up again starts at %(first)s or %(second)s. Choose one of them.")


class FutureDay(ActionError):
    """What happened has happened today or before."""

    code = "future_day"
    message = _("The day %(day)s has not come yet. Choose %(today)s or an earlier day.")


class TooEarly(ActionError):
    """One event of an opportunity cannot come before the one it follows."""

    code = "too_early"
    message = _("The day %(day)s lies before %(after)s, when it was opened or last changed. Choose a later day.")


class ReasonNeeded(ActionError):
    """A step back or a rest is explained, so that others can learn from it."""

    code = "reason_needed"
    field = "reason"
    message = _("Say why in a few words (at most 300 characters).")


def lock(opportunity: Opportunity, *, seen: int | None = None) -> State:
    """Hold the customer, then take the next revision of its opportunity, and tell what stands; refuse a deleted one."""
    customer = opportunity.customer
    lock_customer(customer)
    advance(opportunity, seen=seen)
    opportunity.refresh_from_db()
    opportunity.customer = customer
    if opportunity.deleted_at is not None or customer.deleted_at is not None:
        raise AlreadyDeleted
    return state_of(opportunity)


def lock_open(opportunity: Opportunity) -> None:
    """Lock an opportunity that must be open."""
    state = lock(opportunity)
    if state != State.OPEN:
        raise NotOpen(state=state.label)


def state_of(opportunity: Opportunity) -> State:
    """Tell what stands now."""
    closure = standing_closure(opportunity)
    if closure is not None:
        return STATES[Outcome(closure.outcome)]
    return State.PAUSED if standing_pause(opportunity) is not None else State.OPEN


def standing_closure(opportunity: Opportunity) -> Closure | None:
    """The end that stands, if any."""
    return opportunity.closures.filter(reopened_on__isnull=True).first()


def standing_pause(opportunity: Opportunity) -> Pause | None:
    """The rest that stands, if any."""
    return opportunity.pauses.filter(ended_on__isnull=True).first()


def checked_day(opportunity: Opportunity, day: date, *, at: datetime, field: str) -> date:
    """Accept a day that is not in the future and not before what has already happened to the opportunity."""
    refuse_future(day, at=at, field=field)
    earlier = latest_event_on(opportunity)
    if earlier is not None and day < earlier:
        refusal = TooEarly(day=day, after=earlier)
        refusal.field = field
        raise refusal
    return day


def refuse_future(day: date, *, at: datetime, field: str) -> None:
    """Refuse a day that has not come yet."""
    today = Organisation.objects.current().today(at)
    if day > today:
        refusal = FutureDay(day=day, today=today)
        refusal.field = field
        raise refusal


def latest_event_on(opportunity: Opportunity) -> date | None:
    """The latest day on which the opportunity was opened, closed, reopened, paused or resumed."""
    days = [opportunity.opened_on]
    for closed_on, reopened_on in opportunity.closures.values_list("closed_on", "reopened_on"):
        days += [closed_on, reopened_on]
    for began_on, ended_on in opportunity.pauses.values_list("began_on", "ended_on"):
        days += [began_on, ended_on]
    return max((day for day in days if day is not None), default=None)


def place(opportunity: Opportunity, stage: Stage, *, on: date, actor: User | None, reason: str) -> StageMove | None:
    """Put an opportunity at a stage and keep the move; nothing to keep when it is there already."""
    if opportunity.stage == stage:
        return None
    before = opportunity.stage
    opportunity.stage = stage
    opportunity.save(update_fields=["stage"])
    return StageMove.objects.create(
        opportunity=opportunity, from_stage=before, to_stage=stage, moved_on=on, moved_by=actor, reason=reason
    )


def restart_stage(opportunity: Opportunity, to_stage: Stage | None) -> Stage:
    """The stage at which an opportunity is taken up again: the one chosen, else the second at most."""
    if to_stage is None:
        return Stage.ST1 if opportunity.stage == Stage.ST1 else Stage.ST2
    if to_stage not in RESTART:
        raise BadRestart(first=Stage.ST1.label, second=Stage.ST2.label)
    return to_stage
