"""Setting an opportunity aside until a day, and taking it up again."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agenda.due import clear_due, schedule_due
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line
from wendu.opportunities.actions.standing import ReasonNeeded, lock, lock_open, place, restart_stage, standing_pause
from wendu.opportunities.choices import Stage, State
from wendu.opportunities.models import Opportunity, Pause

declare("opportunity.paused", "opportunity.resumed")

LONGEST_DAYS = 730
RESUME_RULE = "opportunity.resume"
LONGEST_REASON = 300
RESUMED = "resumed"


class BadResumeDay(ActionError):
    """A paused opportunity wakes between tomorrow and two years from now."""

    code = "bad_resume_day"
    field = "wake_on"
    message = _("Choose a day from %(earliest)s to %(latest)s on which to take it up again.")


class NotPaused(ActionError):
    """Only what rests can be resumed."""

    code = "not_paused"
    message = _("Only a paused opportunity can be resumed; this one is: %(state)s. Reopen it if it was lost.")


@transaction.atomic
def pause_opportunity(*, opportunity: Opportunity, reason: str, wake_on: date, actor: User, at: datetime) -> Pause:
    """Set an open opportunity aside until a day, with a reason."""
    permit(actor, "opportunity.pause", opportunity)
    lock_open(opportunity)
    if not 0 < len(tidy_line(reason)) <= LONGEST_REASON:
        raise ReasonNeeded
    today = Organisation.objects.current().today(at)
    earliest, latest = today + timedelta(days=1), today + timedelta(days=LONGEST_DAYS)
    if not earliest <= wake_on <= latest:
        raise BadResumeDay(earliest=earliest, latest=latest)
    pause = Pause(opportunity=opportunity, began_on=today)
    change = apply_changes(pause, {"reason": reason, "wake_on": wake_on}, writable=("reason", "wake_on"))
    pause.save()
    schedule_due(on=wake_on, rule=RESUME_RULE, subject=opportunity)
    after = {"pause": pause.pk, **change.after}
    record("opportunity.paused", subject=opportunity, actor=actor, at=at, after=after)
    return pause


@transaction.atomic
def resume_opportunity(
    *, opportunity: Opportunity, actor: User | None, at: datetime, to_stage: Stage | None = None, reason: str = ""
) -> Opportunity:
    """Take up a paused opportunity at one of the first two stages; one whose day has passed woke on that day."""
    permit(actor, "opportunity.resume", opportunity)
    why = tidy_line(reason)
    if len(why) > LONGEST_REASON:
        raise ReasonNeeded
    state = lock(opportunity)
    pause = standing_pause(opportunity)
    if state != State.PAUSED or pause is None:
        raise NotPaused(state=state.label)
    stage = restart_stage(opportunity, to_stage)
    pause.ended_on = min(Organisation.objects.current().today(at), pause.wake_on)
    pause.save(update_fields=["ended_on"])
    clear_due(rule=RESUME_RULE, subject=opportunity)
    before = {"stage": opportunity.stage, "wake_on": plain(pause.wake_on)}
    place(opportunity, stage, on=pause.ended_on, actor=actor, reason=why or RESUMED)
    after = {"stage": stage, "on": plain(pause.ended_on), **({"reason": why} if why else {})}
    record("opportunity.resumed", subject=opportunity, actor=actor, at=at, before=before, after=after)
    return opportunity
