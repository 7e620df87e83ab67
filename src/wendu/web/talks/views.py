"""A talk prepared, changed, shown on one page, printed, taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.scope import people_in_scope
from wendu.access.verbs import permit
from wendu.coach.frame import Frame
from wendu.coach.planning import suggested_plan
from wendu.customers.models import Contact, Customer
from wendu.desk.bank import people_of
from wendu.desk.talks import draft_of, plan_page
from wendu.desk.wording import lang
from wendu.discovery.actions import PlanDraft, drop_plan, restore_plan, rewrite_plan, write_plan
from wendu.discovery.models import CallPlan
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.opportunities.models import Opportunity
from wendu.web.customers.asking import blame
from wendu.web.forwarding import found_or_forwarded
from wendu.web.fragments import done_once, person
from wendu.web.talks.forms import PlanForm
from wendu.web.touches.answers import told
from wendu.web.touches.choosing import as_uuid, choose

PEOPLE_AT_MOST, SOON = 200, 7
PICK = "pick"
"""What the button sends that saves the plan and goes on to the bank."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a talk: filled in by what is known; without a customer, choose one first."""
    if not request.GET.get("customer"):
        return choose(request, _("Prepare a talk"), to=request.path)
    customer = _customer(request)
    permit(person(request), "talk.plan", customer)
    deal, frame = _deal(request, customer), Frame.at(now())
    contact = _contact(request, customer, deal)
    who = request.GET["who"] if request.GET.get("who") in dict(people_of(frame.playbook)) else None
    draft = suggested_plan(customer, deal=deal, contact=contact, frame=frame, on=frame.today, lang=lang(), who=who)
    draft = replace(draft, objective_on=frame.today + timedelta(days=SOON))
    form = _form(request, customer, deal, draft, frame)

    def act(said: PlanDraft) -> CallPlan:
        plan, _new = done_once(
            request,
            "callplan.written",
            lambda: write_plan(customer=customer, opportunity=deal, draft=said, actor=person(request), at=now()),
            find=lambda uuid: CallPlan.objects.get(uuid=uuid),
        )
        return plan

    context = {"customer": customer, "deal": deal, "contact": contact, "is_new": True}
    return _taken(request, form, act, context)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a plan."""
    plan = visible_plan(request, uuid)
    permit(person(request), "talk.plan", plan.customer)
    seen = request.POST.get("seen", "")
    form = _form(
        request, plan.customer, plan.opportunity, draft_of(plan, plan.questions.order_by("place")), Frame.at(now())
    )

    def act(said: PlanDraft) -> CallPlan:
        revision = int(seen) if seen.isdecimal() else None
        return rewrite_plan(plan=plan, draft=said, actor=person(request), at=now(), seen=revision)

    return _taken(request, form, act, {"customer": plan.customer, "deal": plan.opportunity, "plan": plan})


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The plan on one page, to be read and printed."""
    return _shown(request, uuid, "talks/page.html")


@require_safe
def companion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The sheet of who comes along: what to watch."""
    return _shown(request, uuid, "talks/companion.html")


@require_POST
def removal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a plan back."""
    plan = drop_plan(plan=visible_plan(request, uuid), actor=person(request), at=now())
    undo = reverse("talks:restoration", args=[plan.uuid])
    return told(request, plan.customer, _("The plan is taken back."), undo_url=undo, back=_around(plan))


@require_POST
def restoration(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Bring a plan back."""
    plan = restore_plan(plan=visible_plan(request, uuid), actor=person(request), at=now())
    in_place = not request.headers.get("HX-Target")
    return told(request, plan.customer, _("The plan is back."), in_place=in_place, back=_address(plan))


def visible_plan(request: HttpRequest, uuid: UUID) -> CallPlan:
    """A plan about a customer one sees."""
    rows = CallPlan.objects.visible_to(person(request)).filter(customer__deleted_at__isnull=True)
    related = ("customer__owner", "customer__team", "opportunity", "contact", "companion", "touch", "author")
    found: CallPlan = get_object_or_404(rows.select_related(*related), uuid=uuid)
    return found


def _taken(request: HttpRequest, form: PlanForm, act: Any, context: dict[str, Any]) -> HttpResponse:
    """Show the form; or save it, with a question moved where its button asks for that."""
    if request.method == "POST" and form.is_valid():
        asked = request.POST.get("move", "")
        try:
            plan = act(form.moved(asked) if asked else form.draft)
        except Denied:
            raise
        except ActionError as refused:
            blame(form.fields, refused)
        else:
            if asked == PICK:
                return redirect("talks:picking", plan.uuid)
            return redirect(f"{reverse('talks:details', args=[plan.uuid])}#questions" if asked else _address(plan))
    status = 422 if request.method == "POST" else 200
    return render(request, "talks/form.html", {"form": form, **context}, status=status)


def _shown(request: HttpRequest, uuid: UUID, template: str) -> HttpResponse:
    plan = visible_plan(request, uuid)
    shown = plan_page(person(request), plan, Frame.at(now()))
    log = f"customer={plan.customer.uuid}&plan={plan.uuid}"
    if plan.opportunity is not None:
        log += f"&opportunity={plan.opportunity.uuid}"
    return render(request, template, {"page": shown, "plan": plan, "customer": plan.customer, "log_query": log})


def _form(
    request: HttpRequest, customer: Customer, deal: Opportunity | None, draft: PlanDraft, frame: Frame
) -> PlanForm:
    people = Contact.objects.standing().filter(customer=customer).order_by("-is_main", "name", "pk")
    colleagues = people_in_scope(person(request)).active().order_by("full_name", "username", "pk")[:PEOPLE_AT_MOST]
    return PlanForm(
        request.POST if request.method == "POST" else None,
        draft=draft,
        people=[(each.pk, each.name) for each in people if each.left_on is None or each.pk == draft.contact_id],
        audiences=people_of(frame.playbook),
        colleagues=[(each.pk, each.display_name) for each in colleagues if each != request.user],
        currency=deal.currency if deal else frame.currency,
    )


def _customer(request: HttpRequest) -> Customer:
    rows = Customer.objects.visible_to(person(request)).standing().select_related("owner", "team")
    found: Customer = found_or_forwarded(request, rows, as_uuid(request.GET.get("customer", "")))
    return found


def _deal(request: HttpRequest, customer: Customer) -> Opportunity | None:
    """The deal asked for; without one the only open deal, so that what is heard has a place."""
    rows = Opportunity.objects.visible_to(person(request)).filter(customer=customer)
    asked = as_uuid(request.GET.get("opportunity", ""))
    if asked:
        return get_object_or_404(rows.standing(), uuid=asked)
    open_ = list(rows.open().order_by("pk")[:2])
    return open_[0] if len(open_) == 1 else None


def _contact(request: HttpRequest, customer: Customer, deal: Opportunity | None) -> Contact | None:
    """Whom one asked for; else who has the most weight in the deal, else the main person."""
    people = Contact.objects.standing().filter(customer=customer, left_on__isnull=True)
    asked = request.GET.get("contact", "")
    if asked.isdecimal() and len(asked) < PEOPLE_AT_MOST // 10:
        return people.filter(pk=int(asked)).first()
    decides = people.filter(influences__opportunity=deal).order_by("-influences__weight", "pk") if deal else None
    first = decides.first() if decides is not None else None
    return first or people.order_by("-is_main", "pk").first()


def _address(plan: CallPlan) -> str:
    return reverse("talks:page", args=[plan.uuid])


def _around(plan: CallPlan) -> str:
    """The page of the deal, else of the customer."""
    if plan.opportunity is not None:
        return reverse("opportunities:page", args=[plan.opportunity.uuid])
    return reverse("customers:page", args=[plan.customer.uuid])
