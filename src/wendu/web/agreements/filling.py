"""What stands in the boxes of an order before anybody types: what is known of the deal, or the order itself."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q

from wendu.agreements.actions import HEAD, LINE, MOST_LINES
from wendu.agreements.models import IN_FORCE, Contract, Order
from wendu.customers.models import Contact, Customer
from wendu.identity.models import User
from wendu.offers.models import Solution
from wendu.offers.queries import products_for
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure, Opportunity
from wendu.quotes.choices import QuoteState
from wendu.quotes.models import Quote
from wendu.quotes.queries import lines_by_quote, quotes_of
from wendu.web.agreements.forms import FIRST_LINE, Offered

CHOSEN_AT_MOST = 200
QUOTED = ("item", "unit", "quantity", "unit_minor", "discount", "tax")


def offered(user: User, customer: Customer, currency: str, order: Order | None = None) -> Offered:
    """Products with a price, people who are there, deals open or won; what an order names already stays among them."""
    products = products_for(currency)
    kept = Solution.objects.filter(order_lines__order=order, order_lines__removed_at__isnull=True) if order else ()
    people = Contact.objects.filter(customer=customer).order_by("-is_main", "name", "pk")
    there = Q(deleted_at__isnull=True, left_on__isnull=True)
    ended = Closure.objects.filter(reopened_on__isnull=True).exclude(outcome=Outcome.WON)
    deals = Opportunity.objects.visible_to(user).filter(customer=customer).order_by("-pk")
    standing = Q(deleted_at__isnull=True) & ~Q(pk__in=ended.values("opportunity"))
    papers = Contract.objects.visible_to(user).filter(customer=customer).order_by("-pk")
    signed = Q(deleted_at__isnull=True, state__in=IN_FORCE)
    return Offered(
        currency,
        _each_once([*products, *kept]),
        list(people.filter(there | Q(pk=order.decided_by_id if order else None))[:CHOSEN_AT_MOST]),
        list(deals.filter(standing | Q(pk=order.opportunity_id if order else None))[:CHOSEN_AT_MOST]),
        list(papers.filter(signed | Q(pk=order.contract_id if order else None))[:CHOSEN_AT_MOST]),
    )


def of_deal(user: User, deal: Opportunity, currency: str) -> tuple[dict[str, Any], int]:
    """What a deal says of its order, and on how many lines: those of the accepted quote, else its amount as one."""
    known: dict[str, Any] = {"opportunity": deal.pk}
    won = deal.closures.filter(outcome=Outcome.WON, reopened_on__isnull=True).first()
    if won is not None:
        known["ordered_on"] = won.closed_on
    quote = accepted_quote(user, deal)
    if quote is not None and quote.currency == currency:
        return {**known, "tax_included": quote.tax_included, **(lines := _quoted(quote))}, _highest(lines)
    amount = deal.amount_minor if deal.currency == currency else None
    return {**known, **_line(FIRST_LINE, {"item": deal.product or deal.title, "unit_minor": amount})}, 1


def accepted_quote(user: User, deal: Opportunity) -> Quote | None:
    """The latest version the customer said yes to."""
    return next((each for each in quotes_of(user, deal) if each.state == QuoteState.ACCEPTED), None)


def of_order(order: Order) -> tuple[dict[str, Any], int]:
    """What an order says, and on how many lines."""
    known: dict[str, Any] = {name: getattr(order, name) for name in HEAD}
    known |= {"decided_by": order.decided_by_id, "opportunity": order.opportunity_id, "contract": order.contract_id}
    rows = list(order.lines.standing().select_related("product").order_by("pk"))
    for number, row in enumerate(rows, start=FIRST_LINE):
        values = {part: getattr(row, part) for part in LINE}
        product = str(row.product.uuid) if row.product else ""
        known |= _line(number, {**values, "product": product})
    return {**known, "held": len(rows)}, len(rows)


def _quoted(quote: Quote) -> dict[str, Any]:
    rows = lines_by_quote([quote])[quote.pk][:MOST_LINES]
    found: dict[str, Any] = {}
    for number, row in enumerate(rows, start=FIRST_LINE):
        found |= _line(number, {part: getattr(row, part) for part in QUOTED})
    return found


def _line(number: int, values: dict[str, Any]) -> dict[str, Any]:
    """The boxes of one line; what is unknown stays empty."""
    plain = {part: f"{value.normalize():f}" if isinstance(value, Decimal) else value for part, value in values.items()}
    unsaid = {(part, "0") for part in ("discount", "tax")}
    return {
        f"{part}_{number}": value
        for part, value in plain.items()
        if value not in (None, "") and (part, value) not in unsaid
    }


def _highest(lines: dict[str, Any]) -> int:
    return max((int(name.rpartition("_")[2]) for name in lines), default=0)


def _each_once(products: Iterable[Solution]) -> list[Solution]:
    return list({each.pk: each for each in products}.values())
