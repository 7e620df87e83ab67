"""Saying a planned step otherwise: what, when, what for or who; and the way back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.agenda.actions import StepHasEnded, change_step, undo_change
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person
from wendu.web.steps.forms import StepForm, people_for
from wendu.web.steps.views import is_toast, visible_step
from wendu.web.touches.answers import told


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a step that is still to be done."""
    actor = person(request)
    step, customer = visible_step(request, uuid)
    permit(actor, "step.edit", step if step.user_id == actor.pk else customer)
    if not step.is_open:
        raise StepHasEnded
    was = {"do": step.do, "on": step.planned_on, "objective": step.objective, "user": step.user_id}
    form = StepForm(request.POST or None, people=people_for(actor, customer, step.user_id), initial=was)

    def act(said: dict[str, Any]) -> HttpResponse:
        given = {"do": said["do"], "planned_on": said["on"], "objective": said["objective"]}
        changed = change_step(step=step, given=given, user=said["user"], actor=actor, at=now(), customer=customer)
        words = _("%(what)s is planned for %(day)s") % {"what": changed.do, "day": f"{changed.planned_on:%m-%d}"}
        return told(request, customer, words, undo_url=reverse("steps:unchange", args=[uuid]))

    return ask(request, form, Question(_("Change the step"), _("Save"), customer), act)


@require_POST
def unchanging(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Set it as it was before."""
    step, customer = visible_step(request, uuid)
    back = undo_change(step=step, actor=person(request), at=now(), customer=customer)
    words = _("As before: %(what)s, %(day)s") % {"what": back.do, "day": f"{back.planned_on:%m-%d}"}
    return told(request, customer, words, in_place=is_toast(request))
