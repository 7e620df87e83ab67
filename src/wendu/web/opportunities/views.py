"""The list of opportunities, the page of one, opening and correcting it."""

from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.colleagues import Colleague, colleagues
from wendu.access.verbs import permit
from wendu.coach.frame import Frame
from wendu.customers.models import Customer
from wendu.desk.customer_parts import own_fields
from wendu.desk.deal import DealList, deal_list, deal_page, deal_touches, state_words
from wendu.desk.deal_own import OwnAsked, own_asked
from wendu.desk.deal_paging import Turn, Way, jump_mark, order_of, read_mark
from wendu.desk.jumping import LONGEST_JUMP, jump_words, no_such_place
from wendu.desk.table.errors import BadFilter
from wendu.desk.table.jumps import own_jump_kind
from wendu.desk.table.language import write_filter
from wendu.desk.table.own_fields import own_label
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.opportunities import actions
from wendu.opportunities.models import Opportunity
from wendu.opportunities.queries import visible_opportunity
from wendu.search.opened import remember_opening
from wendu.web.customers.asking import Question, ask
from wendu.web.forwarding import found_or_forwarded
from wendu.web.fragments import done_once, is_fragment, page_or_fragment, person
from wendu.web.opportunities.forms import DealForm, EditDealForm, NewDealForm
from wendu.web.opportunities.own_listing import asked_by, boxes, chips, heads
from wendu.web.opportunities.sections import sections
from wendu.web.patience import unhurried
from wendu.web.touches.answers import told
from wendu.web.touches.choosing import as_uuid, choose

STATES = ("open", "paused", "won", "lost", "all")
SORTS = ("heat", "amount")
NOBODY, LONGEST_MARK = 0, 600


@require_safe
@unhurried
def deals(request: HttpRequest) -> HttpResponse:
    """Every opportunity one sees, the warmest first."""
    asked, user, own = request.GET, person(request), own_asked(request.GET)
    state = asked.get("state") if asked.get("state") in STATES else "open"
    sort = own.sort or (asked.get("sort") if asked.get("sort") in SORTS else "heat")
    people = colleagues(user)
    owner = next((each for each in people if str(each.uuid) == asked.get("owner")), None)
    owner_id = _owner_id(owner, asked.get("owner", ""))
    if "own" in asked:
        own = asked_by(own, asked)
    kept = {"state": state, "sort": sort, "owner": asked.get("owner", "") if owner else "", **_own_kept(own, asked)}
    if "own" in asked:
        return redirect(reverse("opportunities:list") + _query(kept))
    order = order_of(str(state), str(sort), own.order)
    if jump := asked.get("jump", "").strip():
        return _jumped(request, kept, order, jump[:LONGEST_JUMP])
    problem, found, pairs = "", DealList([]), parse_qsl(urlencode(kept, doseq=True))
    try:
        turn = _turn(request, order)
        found = deal_list(user, now(), state=str(state), owner_id=owner_id, sort=str(sort), own=own, turn=turn)
    except BadFilter as wrong:
        problem = wrong.text()
    context = {
        "found": found,
        "problem": problem,
        "people": [(each.uuid, each.name) for each in people],
        "sections": sections("list", user),
        "kept": kept,
        "kept_pairs": pairs,
        "list_query": urlencode(kept, doseq=True),
        "states": [(state_words(code), _query(kept, state=code), code == state) for code in STATES],
        "sorts": [(words, _query(kept, sort=code), code == sort) for code, words in _sorts(own).items()],
        "own": own,
        "own_boxes": boxes(own),
        "own_heads": heads(own, partial(_query, kept)),
        "own_chips": chips(own, user, Frame.at(now()), partial(_query, kept)) if own.filter else [],
        "clear_url": _query(kept, f=[]),
        "next_url": _query(kept, after=found.next_mark) if found.next_mark else "",
        "previous_url": _query(kept, before=found.previous_mark) if found.previous_mark else "",
        "jump_label": jump_words(own_jump_kind(own.order.kind) if own.order else str(order)),
        "jump_kept": pairs,
    }
    return render(request, "opportunities/list.html", context)


def _own_kept(own: OwnAsked, asked: QueryDict) -> dict[str, Any]:
    """What an address says of own fields, while it says anything; what could not be read is kept to be seen."""
    written = asked.getlist("f") if own.problem else write_filter(own.filter)
    return {name: said for name, said in (("f", written), ("cols", ",".join(own.columns))) if said}


def _turn(request: HttpRequest, order: Way) -> Turn:
    """Where the page begins; a mark that is none begins at the top."""
    asked, user = request.GET, person(request)
    before = read_mark(asked.get("before", "")[:LONGEST_MARK], order, user)
    return Turn(None if before else read_mark(asked.get("after", "")[:LONGEST_MARK], order, user), before)


def _jumped(request: HttpRequest, kept: dict[str, Any], order: Way, typed: str) -> HttpResponse:
    """Go to where a value lies in the list, or say that it is none."""
    mark = jump_mark(typed, order, Frame.at(now()))
    if not mark:
        messages.error(request, no_such_place(typed))
    return redirect(reverse("opportunities:list") + (_query(kept, after=mark) if mark else _query(kept)))


def _owner_id(owner: Colleague | None, asked: str) -> int | None:
    """A colleague one does not see owns nothing here, as far as this list tells."""
    if owner is None:
        return NOBODY if as_uuid(asked) else None
    return owner.pk


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One opportunity."""
    deal = visible_deal(request, uuid)
    shown = deal_page(person(request), deal, now())
    context = {
        "page": shown,
        "deal": shown.deal,
        "customer": deal.customer,
        "log_query": f"customer={deal.customer.uuid}&opportunity={deal.uuid}",
    }
    request.log_query = f"?{context['log_query']}"  # type: ignore[attr-defined]
    remember_opening(thing=deal, actor=person(request), at=now())
    return render(request, "opportunities/page.html", context)


@require_safe
def touches(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was said about one opportunity; its page asks for it when somebody gets that far down."""
    deal = visible_deal(request, uuid)
    context = {"deal": deal, "customer": deal.customer, "items": deal_touches(person(request), deal, now())}
    return page_or_fragment(request, "opportunities/touches.html", "opportunities/_told.html", context)


@require_safe
def whom(request: HttpRequest) -> HttpResponse:
    """Ask at which customer the opportunity is."""
    return choose(request, _("New deal"), to=reverse("opportunities:new"))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open an opportunity at a customer."""
    rows = Customer.objects.visible_to(person(request)).standing().select_related("owner", "team")
    customer: Customer = found_or_forwarded(request, rows, as_uuid(request.GET.get("customer", "")))
    permit(person(request), "opportunity.create", customer)
    today = Organisation.objects.current().today(now())
    form = NewDealForm(
        request.POST or None,
        currency=Organisation.objects.current().currency,
        initial={"opened_on": today},
        rows=own_fields(Opportunity()),
    )

    def act(said: dict[str, Any]) -> HttpResponse:
        deal, _is_new = done_once(
            request,
            "opportunity.opened",
            lambda: actions.open_opportunity(
                customer=customer,
                title=said["title"],
                owner=person(request),
                opened_on=said["opened_on"] or today,
                actor=person(request),
                at=now(),
                details=form.details(),
                own=form.own(),
            ),
            find=lambda key: Opportunity.objects.get(uuid=key),
        )
        address = reverse("opportunities:page", kwargs={"uuid": deal.uuid})
        if not is_fragment(request):
            return redirect(address)
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer

    return ask(request, form, Question(_("New deal"), _("Open it"), customer), act)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what is known."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.edit", deal)
    seen = deal.revision
    form = EditDealForm(
        request.POST or None,
        currency=deal.currency,
        initial=DealForm.initial_of(deal),
        stands=deal,
        reader=person(request),
        rows=own_fields(deal),
    )

    def act(said: dict[str, Any]) -> str:
        changes = form.only_changed({"title": said["title"], "opened_on": said["opened_on"], **form.details()})
        actions.edit_opportunity(
            opportunity=deal, changes=changes, actor=person(request), at=now(), seen=seen, own=form.own()
        )
        return _("%(deal)s is corrected") % {"deal": deal.title}

    return ask(request, form, asked_of(deal, _("Edit deal"), _("Save")), act)


@require_POST
def deletion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an opportunity out of sight; it can be restored."""
    deal = visible_deal(request, uuid)
    actions.delete_opportunity(opportunity=deal, actor=person(request), at=now())
    undo = reverse("opportunities:restoration", kwargs={"uuid": deal.uuid})
    return told(request, deal.customer, _("%(deal)s is deleted") % {"deal": deal.title}, undo_url=undo)


@require_POST
def restoration(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Bring a deleted opportunity back."""
    rows = Opportunity.objects.visible_to(person(request)).select_related("customer__owner", "owner")
    deal = get_object_or_404(rows, uuid=uuid)
    actions.restore_opportunity(opportunity=deal, actor=person(request), at=now())
    words = _("%(deal)s is back") % {"deal": deal.title}
    return told(request, deal.customer, words, in_place=not request.headers.get("HX-Target"))


def visible_deal(request: HttpRequest, uuid: UUID) -> Opportunity:
    """An opportunity one sees."""
    found = visible_opportunity(person(request), uuid)
    if found is None:
        raise Http404
    return found


def asked_of(deal: Opportunity, title: str, submit: str, *, intro: str = "") -> Question:
    """A question about one opportunity."""
    back = reverse("opportunities:page", kwargs={"uuid": deal.uuid})
    return Question(title, submit, deal.customer, about=deal.title, intro=intro, back=back)


def _sorts(own: OwnAsked) -> dict[str, str]:
    """The usual orders, and the own field the list stands by."""
    words = {"heat": _("By heat"), "amount": _("By amount")}
    if own.order is not None:
        words[own.sort] = _("By %(field)s") % {"field": own_label(own.fields[own.order.code])}
    return words


def _query(kept: dict[str, Any], **changes: Any) -> str:
    said = {name: value for name, value in {**kept, **changes}.items() if value not in ("", None, [])}
    return f"?{urlencode(said, doseq=True)}"
