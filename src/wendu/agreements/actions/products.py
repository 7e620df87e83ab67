"""What is known of a product of the library beside its price: number, cost, and how soon it is bought again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agreements.actions.payments import BadAmount
from wendu.agreements.models import ProductSheet
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.changes import apply_changes
from wendu.kernel.errors import ActionError
from wendu.offers.actions import PieceGone
from wendu.offers.models import Solution

declare("solution.described")

SHEET = ("code", "cost_minor", "use", "cycle_days")
SAID = {"code": "external_id"}
"""What the journal calls a column, where not by its name."""


class ProductNumberTaken(ActionError):
    """One number means one product."""

    code = "product_number_taken"
    field = "code"
    message = _("There is a product with the number %(number)s already. Choose another, or leave it empty.")


class BadCycle(ActionError):
    """It is bought again after some days."""

    code = "bad_cycle"
    field = "cycle_days"
    message = _("A product is bought again after 1 day at least. Correct the number, or leave it empty.")


@transaction.atomic
def describe_product(
    *, solution: Solution, values: Mapping[str, object], actor: User | None, at: datetime
) -> ProductSheet:
    """Write down what is known of a product; its cost is in the firm's currency of the day it was written."""
    permit(actor, "library.write")
    if solution.retired_at is not None:
        raise PieceGone
    house = Organisation.objects.current().currency
    row = ProductSheet.objects.select_for_update().filter(solution=solution).first()
    row = row or ProductSheet(solution=solution, currency=house)
    change = apply_changes(row, values, writable=SHEET)
    if not change:
        return row
    _check(row)
    row.currency = house if "cost_minor" in change.after else row.currency
    row.save()
    before, after = (
        {SAID.get(name, name): value for name, value in said.items()} for said in (change.before, change.after)
    )
    record("solution.described", subject=solution, actor=actor, at=at, before=before, after=after)
    return row


def _check(row: ProductSheet) -> None:
    if row.cost_minor is not None and row.cost_minor < 0:
        refusal = BadAmount()
        refusal.field = "cost_minor"
        raise refusal
    if row.cycle_days is not None and row.cycle_days < 1:
        raise BadCycle
    if row.code and ProductSheet.objects.exclude(pk=row.pk).filter(code=row.code).exists():
        raise ProductNumberTaken(number=row.code)
