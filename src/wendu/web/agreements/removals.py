"""What can be taken out of sight and brought back: orders with their money, subscriptions and contracts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from wendu.agreements import actions
from wendu.agreements.models import Contract, Order, Receipt, Return, Subscription
from wendu.web.agreements.ways_back import Removable


def _page_of_order(part: Any) -> str:
    return reverse("agreements:page", args=[part.order.uuid])


ORDER = Removable(
    model=Order,
    named="order",
    remove=actions.delete_order,
    restore=actions.restore_order,
    gone=_("The order is deleted"),
    back=_("The order is back"),
    way_back="agreements:restoration",
)
SUBSCRIPTION = Removable(
    model=Subscription,
    named="subscription",
    remove=actions.delete_subscription,
    restore=actions.restore_subscription,
    gone=_("The subscription is deleted"),
    back=_("The subscription is back"),
    way_back="agreements:subscription_restoration",
)
CONTRACT = Removable(
    model=Contract,
    named="contract",
    remove=actions.delete_contract,
    restore=actions.restore_contract,
    gone=_("The contract is deleted"),
    back=_("The contract is back"),
    way_back="agreements:contract_restoration",
)
RECEIPT = Removable(
    model=Receipt,
    named="receipt",
    remove=actions.withdraw_receipt,
    restore=actions.restore_receipt,
    gone=_("The receipt is taken back"),
    back=_("The receipt is back"),
    way_back="agreements:receipt_restoration",
    path="order__",
    page=_page_of_order,
)
RETURN = Removable(
    model=Return,
    named="returned",
    remove=actions.withdraw_return,
    restore=actions.restore_return,
    gone=_("The return is taken back"),
    back=_("The return is back"),
    way_back="agreements:return_restoration",
    path="order__",
    page=_page_of_order,
)

order_deletion, order_restoration = require_POST(ORDER.removal), require_POST(ORDER.restoration)
contract_deletion, contract_restoration = require_POST(CONTRACT.removal), require_POST(CONTRACT.restoration)
receipt_withdrawal, receipt_restoration = require_POST(RECEIPT.removal), require_POST(RECEIPT.restoration)
return_withdrawal, return_restoration = require_POST(RETURN.removal), require_POST(RETURN.restoration)
subscription_deletion = require_POST(SUBSCRIPTION.removal)
subscription_restoration = require_POST(SUBSCRIPTION.restoration)
