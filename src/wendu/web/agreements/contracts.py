"""Contracts: listed by their end, shown, written down, corrected, taken a step further, and each of them taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.agreements import actions
from wendu.agreements.models import Contract
from wendu.agreements.queries import contracts_about, contracts_in_force, contracts_of, orders_about
from wendu.coach.frame import Frame
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.method.contracts import Stand, stand
from wendu.web.agreements.contract_forms import Among, ContractMoveForm, EditContractForm, NewContractForm
from wendu.web.agreements.filling import accepted_quote, offered
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import done_once, is_fragment, person
from wendu.web.opportunities.views import visible_deal
from wendu.web.steps.forms import people_for
from wendu.web.touches.answers import told
from wendu.web.touches.choosing import as_uuid

AT_MOST = 200
RELATED = ("customer__owner", "customer__team", "opportunity", "quote__opportunity", "owner", "follows")


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract and whether its end is near."""

    contract: Contract
    stand: Stand


def contract_row(contract: Contract, frame: Frame) -> ContractRow:
    """Where one stands today."""
    days = contract.notice_days
    if days is None:
        days = frame.scale.lifecycle.renewal_ahead_days
    found = stand(
        contract.ends_on,
        on=frame.today,
        notice_days=days,
        in_force=contract.is_in_force,
        renews=contract.renews,
        followed=bool(getattr(contract, "is_followed", False)),
    )
    return ContractRow(contract, found)


@require_safe
def ending(request: HttpRequest) -> HttpResponse:
    """Contracts in force: those whose end is to be talked about, and the rest."""
    frame = Frame.at(now())
    found = list(contracts_in_force(person(request))[: AT_MOST + 1])
    rows = [contract_row(each, frame) for each in found[:AT_MOST]]
    context = {
        "urgent": [row for row in rows if row.stand.is_urgent],
        "running": [row for row in rows if not row.stand.is_urgent],
        "has_more": len(found) > AT_MOST,
    }
    return render(request, "agreements/contracts.html", context)


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One contract: what stands on it, the orders placed under it, and how it went on."""
    row, user = visible_contract(request, uuid), person(request)
    moves = list(row.moves.select_related("moved_by").order_by("-pk"))
    context = {
        "contract": row,
        "follower": row.followed_by.visible_to(user).standing().order_by("-pk").first(),
        "row": contract_row(row, Frame.at(now())),
        "orders": list(row.orders.visible_to(user).standing().order_by("-ordered_on", "-pk")[:AT_MOST]),
        "moves": moves,
        "may_write": can(user, "contract.write", row),
        "may_delete": can(user, "contract.delete", row),
        "can_move": bool(actions.CONTRACT_STEPS.get(row.state)),
    }
    return render(request, "agreements/contract.html", context)


@require_safe
def of_deal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The orders and contracts of a deal, as the card on its page and as a page of its own."""
    deal, user, frame = visible_deal(request, uuid), person(request), Frame.at(now())
    context = {
        "deal": deal,
        "customer": deal.customer,
        "orders": list(orders_about(user, deal)[:AT_MOST]),
        "contracts": [contract_row(each, frame) for each in contracts_about(user, deal)[:AT_MOST]],
        "may_contract": can(user, "contract.write", deal.customer),
    }
    is_card = is_fragment(request) and request.headers.get("HX-Target") == "agreed"
    return render(request, "agreements/_of_deal.html" if is_card else "agreements/of_deal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a contract down; `?deal=` fills in what that deal says, `?follows=` what the contract before says."""
    customer, user, frame = visible_customer(request, uuid), person(request), Frame.at(now())
    permit(user, "contract.write", customer)
    choices = _choices(user, customer, frame.currency)
    asked_deal = as_uuid(request.GET.get("deal", ""))
    deal = next((each for each in choices["among"].opportunity if each.uuid == asked_deal), None)
    first: dict[str, Any] = {"owner": user.pk, "state": actions.BEGUN_AS[0]}
    if deal is not None:
        amount = deal.amount_minor if deal.currency == frame.currency else None
        first |= {"title": deal.title, "opportunity": deal.pk, "amount_minor": amount}
    first |= _like_the_one_before(choices["among"].follows, request.GET.get("follows", ""))
    form = NewContractForm(request.POST or None, **choices, initial=first)

    def act(_said: dict[str, Any]) -> str:
        values = form.values()
        quote = accepted_quote(user, values["opportunity"]) if values["opportunity"] else None
        row, _is_new = done_once(
            request,
            "contract.written",
            lambda: actions.write_contract(customer=customer, values={**values, "quote": quote}, actor=user, at=now()),
            find=lambda key: Contract.objects.get(uuid=key),
        )
        return _("The contract “%(what)s” is written down") % {"what": row.title}

    leads = reverse("opportunities:page", args=[deal.uuid]) if deal else ""
    intro = _("Amounts are in %(currency)s.") % {"currency": frame.currency}
    question = Question(_("Write down a contract"), _("Save"), customer, intro=intro, back=leads)
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what a contract says."""
    row, user = visible_contract(request, uuid), person(request)
    permit(user, "contract.write", row)
    seen_at = row.revision
    form = EditContractForm(
        request.POST or None, **_choices(user, row.customer, row.currency, row), stands=row, reader=user
    )
    stands = {name: getattr(row, name) for name in actions.CONTRACT}
    stands |= {name: getattr(row, f"{name}_id") for name in form.offered}
    form.initial = {name: field.prepare_value(stands[name]) for name, field in form.fields.items() if name in stands}

    def act(_said: dict[str, Any]) -> HttpResponse:
        changes = form.only_changed(form.values())
        actions.correct_contract(contract=row, changes=changes, actor=user, at=now(), seen=seen_at)
        return told(request, row.customer, _("The contract is corrected"), back=page_of(row))

    return ask(request, form, _question(_("Correct the contract"), row), act)


@require_http_methods(["GET", "HEAD", "POST"])
def moving(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say how far a contract is."""
    row = visible_contract(request, uuid)
    permit(person(request), "contract.write", row)
    form = ContractMoveForm(request.POST or None, contract=row, initial={"on": Frame.at(now()).today})

    def act(said: dict[str, Any]) -> HttpResponse:
        actions.move_contract(contract=row, actor=person(request), at=now(), **said)
        undo = reverse("agreements:contract_step_back", args=[row.uuid])
        return told(request, row.customer, _("The contract goes on"), undo_url=undo, back=page_of(row))

    return ask(request, form, _question(_("How far is the contract?"), row), act)


@require_POST
def step_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the latest step back."""
    row = visible_contract(request, uuid)
    actions.unmove_contract(contract=row, actor=person(request), at=now())
    in_place = not request.headers.get("HX-Target")
    return told(request, row.customer, _("The latest step is taken back"), in_place=in_place, back=page_of(row))


def visible_contract(request: HttpRequest, uuid: UUID) -> Contract:
    """A contract that stands, of a customer one sees."""
    rows = Contract.objects.visible_to(person(request)).standing().with_followers()
    rows = rows.filter(customer__deleted_at__isnull=True)
    found: Contract = get_object_or_404(rows.select_related(*RELATED), uuid=uuid)
    return found


def page_of(row: Contract) -> str:
    """The address of a contract."""
    return reverse("agreements:contract", args=[row.uuid])


def _choices(user: User, customer: Customer, currency: str, row: Contract | None = None) -> dict[str, Any]:
    """Deals that are open or won, and who may look after it; what a contract names already stays among them."""
    deals = list(offered(user, customer, currency).deals)
    if row is not None and row.opportunity is not None and row.opportunity not in deals:
        deals.append(row.opportunity)
    people = list(people_for(user, customer, row.owner_id if row else None))
    others = [each for each in contracts_of(user, customer) if row is None or each.pk != row.pk]
    return {"currency": currency, "among": Among(deals, others[:AT_MOST], people)}


def _like_the_one_before(rows: Sequence[Contract], uuid: str) -> dict[str, Any]:
    """What the next contract starts from: what the one before says, from the day after its last."""
    before = next((each for each in rows if each.uuid == as_uuid(uuid)), None)
    if before is None:
        return {}
    same = ("title", "kind", "amount_minor", "notice_days", "renews", "terms")
    first = {name: getattr(before, name) for name in same} | {"follows": before.pk, "owner": before.owner_id}
    return first | ({"starts_on": before.ends_on + timedelta(days=1)} if before.ends_on else {})


def _question(title: str, row: Contract) -> Question:
    return Question(title, _("Save"), row.customer, about=row.title, back=page_of(row))
