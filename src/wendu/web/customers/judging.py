"""What people know or judge about a customer outside a touch: its class, the ten questions, silence, open problems."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.coach.actions import requalify
from wendu.coach.facts import CLASS
from wendu.coach.frame import Frame
from wendu.customers.actions import set_custom_values
from wendu.desk.customer_page import questions_of
from wendu.desk.customer_parts import own_fields
from wendu.kernel.clock import now
from wendu.readings.actions import end_override, set_override
from wendu.readings.queries import override_history
from wendu.touches.actions import AnswerDraft, QuietDraft, answer_indicators, open_tail, set_quiet_period
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_customer
from wendu.web.customers.forms import AnswersForm, OverrideForm, QuietForm, ReasonForm, TailForm
from wendu.web.fragments import person
from wendu.web.own_fields import CustomForm
from wendu.web.touches.answers import told


@require_http_methods(["GET", "HEAD", "POST"])
def override(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """See the class differently, with a reason, for a while."""
    customer = visible_customer(request, uuid)
    permit(person(request), "override.set", customer)
    form = OverrideForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        made = set_override(
            subject=customer, code=CLASS, value=said["value"], reason=said["reason"], actor=person(request), at=now()
        )
        return _("Class %(value)s until %(day)s") % {"value": made.value, "day": f"{made.expires_on:%m-%d}"}

    days = Frame.at(now()).playbook.strategy.override_days
    words = ngettext(
        "It counts for %(days)s day and is shown with your name; then the answers decide again.",
        "It counts for %(days)s days and is shown with your name; then the answers decide again.",
        days,
    )
    intro = words % {"days": days}
    return ask(request, form, Question(_("I see the class differently"), _("Set"), customer, intro=intro), act)


@require_POST
def override_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let the answers decide again."""
    customer = visible_customer(request, uuid)
    standing = override_history(customer).filter(code=CLASS, ended_at__isnull=True)
    made = get_object_or_404(standing)
    end_override(override=made, subject=customer, actor=person(request), at=now())
    return told(request, customer, _("The answers decide the class again"))


@require_http_methods(["GET", "HEAD", "POST"])
def requalification(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep a customer whose window ran out; a new one starts."""
    customer = visible_customer(request, uuid)
    permit(person(request), "override.set", customer)

    def act(said: dict[str, Any]) -> str:
        requalify(customer=customer, reason=said["reason"], actor=person(request), at=now())
        return _("A new signing window starts today")

    form = ReasonForm(request.POST or None)
    return ask(request, form, Question(_("Qualify again"), _("Start a new window"), customer), act)


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Answer some of the ten questions outside a touch."""
    customer = visible_customer(request, uuid)
    permit(person(request), "indicator.answer", customer)
    first = request.GET.get("ask", "")
    rows = sorted(questions_of(person(request), customer, now()), key=lambda row: row.code != first)
    form = AnswersForm(request.POST or None, asked=rows)

    def act(said: dict[str, Any]) -> str:
        given = [
            AnswerDraft(
                axis=row.axis,
                indicator=row.code,
                value=int(said[f"q_{row.code}"]),
                evidence=said[f"e_{row.code}"],
            )
            for row in rows
            if said[f"q_{row.code}"]
        ]
        answer_indicators(customer=customer, answers=given, actor=person(request), at=now())
        return _("Answers kept; the class follows them")

    intro = _("What you leave open stays as it was.")
    return ask(request, form, Question(_("The ten questions"), _("Save"), customer, intro=intro), act)


@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leave a customer in peace for some days."""
    customer = visible_customer(request, uuid)
    permit(person(request), "quiet_period.start", customer)

    def act(said: dict[str, Any]) -> str:
        period = set_quiet_period(customer=customer, quiet=QuietDraft(**said), actor=person(request), at=now())
        return _("Quiet until %(day)s; the clocks stand still") % {"day": f"{period.ends_on:%m-%d}"}

    form = QuietForm(request.POST or None)
    return ask(request, form, Question(_("Quiet period"), _("Set"), customer), act)


@require_http_methods(["GET", "HEAD", "POST"])
def problems(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Note a problem left open."""
    customer = visible_customer(request, uuid)
    permit(person(request), "tail.open", customer)

    def act(said: dict[str, Any]) -> str:
        tail = open_tail(customer=customer, what=said["what"], actor=person(request), at=now())
        return _("Noted: %(what)s") % {"what": tail.what}

    return ask(request, TailForm(request.POST or None), Question(_("Open problem"), _("Note"), customer), act)


@require_http_methods(["GET", "HEAD", "POST"])
def fields(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Fill the company's own fields."""
    customer = visible_customer(request, uuid)
    permit(person(request), "customer.set_custom", customer)
    form = CustomForm(request.POST or None, rows=own_fields(customer), stands=customer, reader=person(request))

    def act(_said: dict[str, Any]) -> str:
        set_custom_values(customer=customer, values=form.own(), actor=person(request), at=now())
        return _("Own fields kept")

    return ask(request, form, Question(_("Own fields"), _("Save"), customer), act)
