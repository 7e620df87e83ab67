"""Log a touch, see its effect first, correct it, take it back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.coach.frame import Frame
from wendu.coach.talks import log_planned_talk
from wendu.customers.models import Customer
from wendu.desk.effect import effect_of
from wendu.discovery.models import CallPlan
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.opportunities.models import Opportunity
from wendu.touches.actions import TouchDraft, draft_of, edit_touch, log_touch, restore_touch, undo_touch
from wendu.touches.actions.edit import permit_author
from wendu.touches.choices import TouchKind
from wendu.touches.models import Touch
from wendu.web.forwarding import found_or_forwarded
from wendu.web.fragments import KEY_FIELD, is_fragment, person
from wendu.web.touches.answers import told
from wendu.web.touches.choosing import as_uuid, choose
from wendu.web.touches.drafting import initial_from
from wendu.web.touches.forms import LogForm
from wendu.web.touches.newcomer import written_with_newcomer
from wendu.web.touches.offer import offer_for
from wendu.web.touches.planned import PlannedForm, plan_of, planned_initial
from wendu.web.touches.saying import effect_line, moved


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Log a touch; without a customer, choose one first."""
    if not request.GET.get("customer"):
        return choose(request, _("Log touch"), to=request.path)
    customer = _customer(request)
    permit(person(request), "touch.log", customer)
    plan = plan_of(request, customer)
    form = _form(request, customer, plan=plan)
    planned = PlannedForm(request.POST if request.method == "POST" else None, plan=plan) if plan else None
    if request.method != "POST":
        return _shown(request, form, planned=planned)
    is_fine = planned is None or planned.is_valid()
    if not form.judge() or form.draft is None or not is_fine:
        return _shown(request, form, planned=planned, status=422)
    key = request.POST.get(KEY_FIELD, "")
    try:
        touch = written_with_newcomer(
            form,
            form.draft,
            lambda draft: _logged(request, customer, draft, planned, key),
            actor=person(request),
            at=now(),
            key=key,
        )
    except Denied:
        raise
    except ActionError as refused:
        form.refuse(refused)
        return _shown(request, form, planned=planned, status=422)
    return _saved(request, touch, form, back=_deal_page(plan))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct a touch."""
    touch = _touch(request, uuid)
    permit_author(person(request), "touch.edit", touch)
    form = _form(request, touch.customer, touch=touch)
    if request.method != "POST":
        return _shown(request, form, touch=touch)
    if not form.judge(touch_id=touch.pk) or form.draft is None:
        return _shown(request, form, touch=touch, status=422)
    try:
        _edited(request, touch, form, form.draft)
    except Denied:
        raise
    except ActionError as refused:
        form.refuse(refused)
        return _shown(request, form, touch=touch, status=422)
    return _saved(request, touch, form, can_undo=False)


@require_POST
def effect(request: HttpRequest) -> HttpResponse:
    """The live line: what the form as it stands would do."""
    found = as_uuid(request.GET.get("touch", ""))
    touch = _touch(request, found) if found else None
    form = _form(request, touch.customer if touch else _customer(request), touch=touch)
    form.judge(touch_id=touch.pk if touch else None)
    return render(request, "touches/_effect.html", {"effect": _line(form, touch), "errors": not form.is_valid()})


@require_POST
def undoing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a touch back."""
    touch = undo_touch(touch=_touch(request, uuid), actor=person(request), at=now())
    words = _("Taken back: %(customer)s is as it was before") % {"customer": touch.customer.name}
    back = reverse("touches:restoration", kwargs={"uuid": touch.uuid})
    return told(request, touch.customer, words, undo_url=back, in_place=_is_toast(request))


@require_POST
def restoration(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a touch that was taken back stand again."""
    touch = restore_touch(touch=_touch(request, uuid), actor=person(request), at=now())
    words = _("The touch with %(customer)s stands again") % {"customer": touch.customer.name}
    back = reverse("touches:undoing", kwargs={"uuid": touch.uuid})
    return told(request, touch.customer, words, undo_url=back, in_place=_is_toast(request))


def _edited(request: HttpRequest, touch: Touch, form: LogForm, draft: TouchDraft) -> None:
    seen = request.POST.get("seen", "")
    written_with_newcomer(
        form,
        draft,
        lambda said: edit_touch(
            touch=touch, actor=person(request), at=now(), draft=said, seen=int(seen) if seen.isdecimal() else None
        ),
        actor=person(request),
        at=now(),
        key=request.POST.get(KEY_FIELD, ""),
    )


def _logged(
    request: HttpRequest, customer: Customer, draft: TouchDraft, planned: PlannedForm | None, key: str
) -> Touch:
    """The touch alone, or the prepared talk with what was heard in it."""
    known: dict[str, Any] = {"draft": draft, "actor": person(request), "at": now(), "key": key}
    if planned is None:
        return log_touch(customer=customer, **known)
    return log_planned_talk(plan=planned.plan, answers=planned.answers, reached=planned.reached, **known)


def _form(
    request: HttpRequest, customer: Customer, *, touch: Touch | None = None, plan: CallPlan | None = None
) -> LogForm:
    frame = Frame.at(now())
    deal = _deal(request, customer)
    offer = offer_for(person(request), customer, frame=frame, lang=get_language() or "", deal=deal, touch=touch)
    if plan is not None:
        offer = replace(offer, people=tuple(sorted(offer.people, key=lambda each: each.pk != plan.contact_id)))
    data = request.POST if request.method == "POST" else None
    initial = initial_from(draft_of(touch)) if touch is not None else {**planned_initial(plan), **_wished(request)}
    return LogForm(data, offer=offer, today=frame.today, initial=initial)


def _wished(request: HttpRequest) -> dict[str, str]:
    """What the address asks to be filled in: a kind of touch, and that nobody has answered yet."""
    kind, way = request.GET.get("kind", ""), request.GET.get("way", "")
    return {**({"kind": kind} if kind in TouchKind.values else {}), **({"two_way": "no"} if way == "one" else {})}


def _shown(
    request: HttpRequest,
    form: LogForm,
    *,
    touch: Touch | None = None,
    planned: PlannedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "planned": planned,
        "offer": form.offer,
        "touch": touch,
        "effect": _line(form, touch),
        "in_drawer": is_fragment(request),
        "here": request.get_full_path(),
        "effect_query": f"touch={touch.uuid}" if touch else f"customer={form.customer.uuid}",
        "customer_url": reverse("customers:page", kwargs={"uuid": form.customer.uuid}),
    }
    template = "touches/_log.html" if is_fragment(request) else "touches/log.html"
    return render(request, template, context, status=status)


def _line(form: LogForm, touch: Touch | None) -> Any:
    """The effect of what is filled in so far; of a fresh form, of its defaults."""
    if form.is_bound:
        draft = form.draft
    else:
        filled = LogForm(form.as_sent(), offer=form.offer, today=form.today)
        filled.judge(touch_id=touch.pk if touch else None)
        draft = filled.draft
    if draft is None or draft.touched_on > form.today:
        return None
    foreseen = effect_of(draft, form.customer, frame=form.offer.frame, touch=touch)
    return effect_line(foreseen, form.offer.frame) if foreseen else None


def _saved(request: HttpRequest, touch: Touch, form: LogForm, *, can_undo: bool = True, back: str = "") -> HttpResponse:
    words = moved(touch, before=form.offer.heat, frame=form.offer.frame)
    undo = reverse("touches:undoing", kwargs={"uuid": touch.uuid}) if can_undo else ""
    return told(request, touch.customer, words, undo_url=undo, back=back)


def _deal_page(plan: CallPlan | None) -> str:
    """Where one sees what became of a prepared talk."""
    deal = plan.opportunity if plan is not None else None
    return reverse("opportunities:page", kwargs={"uuid": deal.uuid}) if deal is not None else ""


def _customer(request: HttpRequest) -> Customer:
    rows = Customer.objects.visible_to(person(request)).standing().select_related("owner", "team")
    found: Customer = found_or_forwarded(request, rows, as_uuid(request.GET.get("customer", "")))
    return found


def _deal(request: HttpRequest, customer: Customer) -> Opportunity | None:
    asked = as_uuid(request.GET.get("opportunity", ""))
    rows = Opportunity.objects.visible_to(person(request)).standing().filter(customer=customer)
    return get_object_or_404(rows, uuid=asked) if asked else None


def _touch(request: HttpRequest, uuid: UUID) -> Touch:
    rows = Touch.objects.visible_to(person(request)).select_related("customer__owner", "opportunity", "author")
    return get_object_or_404(rows, uuid=uuid)


def _is_toast(request: HttpRequest) -> bool:
    """Whether the undo button of a toast asks; that toast is replaced."""
    return not request.headers.get("HX-Target")
