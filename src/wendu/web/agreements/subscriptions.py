"""Subscriptions: listed by their renewals, shown with what their fees came to, begun, renewed, ended and taken back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.agreements import actions
from wendu.agreements.models import Subscription
from wendu.agreements.queries import subscriptions_renewing
from wendu.coach.frame import Frame
from wendu.kernel.clock import now
from wendu.web.agreements.fees import fee_row, fee_sums, is_undoable
from wendu.web.agreements.filling import offered
from wendu.web.agreements.subscription_forms import BeginForm, DetailsForm, EditDetailsForm, EndingForm, RenewalForm
from wendu.web.components.cumulative import cumulative_chart
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import done_once, person
from wendu.web.touches.answers import told

AT_MOST = 200
RELATED = ("customer__owner", "customer__team", "opportunity")


@require_safe
def renewing(request: HttpRequest) -> HttpResponse:
    """What is to be renewed, lapsed ones first, and what runs on."""
    frame = Frame.at(now())
    found = list(subscriptions_renewing(person(request))[: AT_MOST + 1])
    rows = [fee_row(each, frame) for each in found[:AT_MOST]]
    context = {
        "urgent": [row for row in rows if row.is_urgent],
        "running": [row for row in rows if not row.is_urgent],
        "days": frame.scale.lifecycle.renewal_ahead_days,
        "has_more": len(found) > AT_MOST,
    }
    return render(request, "agreements/renewing.html", context)


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One subscription: where it stands, what the fees came to beside buying once, and its steps."""
    row, user, frame = visible_subscription(request, uuid), person(request), Frame.at(now())
    steps = list(row.changes.select_related("author").order_by("pk"))
    sums = fee_sums(row, steps, frame.today)
    context = {
        "subscription": row,
        "row": fee_row(row, frame),
        "sums": sums,
        "chart": cumulative_chart(sums, row.currency),
        "steps": steps[::-1],
        "may_write": can(user, "subscription.write", row),
        "may_delete": can(user, "subscription.delete", row),
        "can_undo": is_undoable(steps),
    }
    return render(request, "agreements/subscription.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down a fee that comes again."""
    customer, user, frame = visible_customer(request, uuid), person(request), Frame.at(now())
    permit(user, "subscription.write", customer)
    deals = offered(user, customer, frame.currency).deals
    first = {"began_on": frame.today}
    form = BeginForm(request.POST or None, currency=frame.currency, deals=deals, initial=first)

    def act(_said: dict[str, Any]) -> str:
        row, _is_new = done_once(
            request,
            "subscription.begun",
            lambda: actions.begin_subscription(customer=customer, values=form.values(), actor=user, at=now()),
            find=lambda key: Subscription.objects.get(uuid=key),
        )
        return _("The subscription “%(item)s” is written down") % {"item": row.item}

    return ask(request, form, Question(_("Write down a subscription"), _("Save"), customer), act)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what it is for and what buying once would cost."""
    row = visible_subscription(request, uuid)
    permit(person(request), "subscription.write", row)
    form = EditDetailsForm(request.POST or None, currency=row.currency, stands=row, reader=person(request))
    stands = {name: getattr(row, name) for name in DetailsForm.base_fields}
    form.initial = {name: form.fields[name].prepare_value(value) for name, value in stands.items()}

    def act(_said: dict[str, Any]) -> HttpResponse:
        changes = form.only_changed(form.values())
        actions.correct_subscription(subscription=row, changes=changes, actor=person(request), at=now())
        return told(request, row.customer, _("The subscription is corrected"), back=_page_of(row))

    return ask(request, form, _question(_("Correct the subscription"), row), act)


@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin the next term, at the same fee or another."""
    row = visible_subscription(request, uuid)
    permit(person(request), "subscription.write", row)
    form = RenewalForm(request.POST or None, currency=row.currency, initial={"fee_minor": row.fee_minor})

    def act(said: dict[str, Any]) -> HttpResponse:
        actions.renew_subscription(subscription=row, actor=person(request), at=now(), **said)
        undo = reverse("agreements:subscription_step_back", args=[row.uuid])
        return told(request, row.customer, _("The subscription is renewed"), undo_url=undo, back=_page_of(row))

    intro = _("The next term begins on %(day)s.") % {"day": row.renews_on.isoformat()}
    return ask(request, form, _question(_("Renew the subscription"), row, intro), act)


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that it is not renewed."""
    row = visible_subscription(request, uuid)
    permit(person(request), "subscription.write", row)
    form = EndingForm(request.POST or None, initial={"ended_on": row.renews_on})

    def act(said: dict[str, Any]) -> HttpResponse:
        actions.end_subscription(subscription=row, actor=person(request), at=now(), **said)
        undo = reverse("agreements:subscription_step_back", args=[row.uuid])
        return told(request, row.customer, _("The subscription ends"), undo_url=undo, back=_page_of(row))

    return ask(request, form, _question(_("Not renewed"), row), act)


@require_POST
def step_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the latest step back."""
    row = visible_subscription(request, uuid)
    actions.undo_step(subscription=row, actor=person(request), at=now())
    in_place = not request.headers.get("HX-Target")
    return told(request, row.customer, _("The latest step is taken back"), in_place=in_place, back=_page_of(row))


def visible_subscription(request: HttpRequest, uuid: UUID) -> Subscription:
    """One that stands, of a customer one sees."""
    rows = Subscription.objects.visible_to(person(request)).standing().filter(customer__deleted_at__isnull=True)
    found: Subscription = get_object_or_404(rows.select_related(*RELATED), uuid=uuid)
    return found


def _question(title: str, row: Subscription, intro: str = "") -> Question:
    return Question(title, _("Save"), row.customer, about=row.item, intro=intro, back=_page_of(row))


def _page_of(row: Subscription) -> str:
    return reverse("agreements:subscription", args=[row.uuid])
