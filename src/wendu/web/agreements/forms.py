"""The form of an order: they read a dict; the rules are asked of the actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wendu.agreements.actions import HEAD, LINE, NothingOrdered
from wendu.agreements.models import Contract
from wendu.customers.models import Contact
from wendu.offers.models import Solution
from wendu.opportunities.models import Opportunity
from wendu.web.customers.forms import day, long_text, text
from wendu.web.guarded import GuardedForm
from wendu.web.opportunities.finding_fields import AmountField, percent
from wendu.web.opportunities.finding_forms import Fold

LEAST, MOST, FIRST_LINE = Decimal("0.001"), 9_999_999, 1
PARTS = ("product", *LINE)
AT_ONCE = ("product", "item", "quantity", "unit_minor")  # asked of the first line without opening anything
RARE = ("contract", "external_id", "behaviour", "note")


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen on the form, and the currency of its amounts."""

    currency: str
    products: Sequence[Solution]
    people: Sequence[Contact]
    deals: Sequence[Opportunity]
    contracts: Sequence[Contract] = ()


class OrderForm(forms.Form):
    """When, what on which lines, and why; a line is a product of the library or free words."""

    ordered_on = day(_("Ordered on"), required=True)
    tax_included = forms.BooleanField(label=_("Prices include tax"), required=False, initial=True)
    need = text(_("The need behind it"), 300)
    reason = text(_("Why they bought now"), 300)
    scenario = text(_("Where and when it is used"), 300)
    decided_by = forms.TypedChoiceField(label=_("Who decided"), coerce=int, required=False, empty_value=None)
    opportunity = forms.TypedChoiceField(label=_("Deal it belongs to"), coerce=int, required=False, empty_value=None)
    contract = forms.TypedChoiceField(label=_("Under the contract"), coerce=int, required=False, empty_value=None)
    external_id = text(_("Number of the order"), 100)
    behaviour = text(_("How they bought: where, with whom, compared with what"), 300)
    note = long_text(_("Note"))

    def __init__(self, *args: Any, offered: Offered, lines: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered, self.numbers = offered, range(FIRST_LINE, FIRST_LINE + lines)
        self.products = {str(each.uuid): each for each in offered.products}
        people: Any = self.fields["decided_by"]
        people.choices = [("", gettext("not known yet")), *((each.pk, each.name) for each in offered.people)]
        deals: Any = self.fields["opportunity"]
        deals.choices = [("", "—"), *((each.pk, each.title) for each in offered.deals)]
        papers: Any = self.fields["contract"]
        papers.choices = [("", "—"), *((each.pk, each.title) for each in offered.contracts)]
        for number in self.numbers:
            self.fields.update(_line_fields(number, offered))

    def clean(self) -> dict[str, Any]:
        """Something stands on an order, and each of its lines says what and for how much."""
        said = super().clean() or self.cleaned_data
        for number in self.numbers:
            self._complete(number, said)
        named = any(self.errors.get(f"{part}_{number}") for number in self.numbers for part in PARTS)
        if not named and not self.lines():
            self.add_error(f"item_{FIRST_LINE}", NothingOrdered().text())
        return said

    def lines(self) -> list[dict[str, Any]]:
        """What stands on the order, line by line; a line that says nothing is none."""
        return [
            {part: self.cleaned_data.get(f"{part}_{number}") for part in PARTS}
            for number in self.numbers
            if self._is_said(number, self.cleaned_data)
        ]

    def head(self) -> dict[str, Any]:
        """What is said of the whole order, as the row has it."""
        said = {name: self.cleaned_data[name] for name in HEAD}
        people = {each.pk: each for each in self.offered.people}
        deals = {each.pk: each for each in self.offered.deals}
        said["decided_by"] = people.get(self.cleaned_data["decided_by"])
        papers = {each.pk: each for each in self.offered.contracts}
        said["contract"] = papers.get(self.cleaned_data["contract"])
        return {**said, "opportunity": deals.get(self.cleaned_data["opportunity"])}

    @property
    def shown(self) -> list[forms.BoundField]:
        """What is asked at once: the day, the first line, and why."""
        names = [name for name in type(self).base_fields if name not in RARE]
        first = [name for part in AT_ONCE if (name := f"{part}_{FIRST_LINE}") in self.fields]
        hidden = [name for name in self.fields if self.fields[name].widget.is_hidden]
        return [self[name] for name in (names[0], *first, *names[1:], *hidden)]

    @property
    def folds(self) -> list[Fold]:
        """What is asked of whoever opens it."""
        rest = [part for part in PARTS if part not in AT_ONCE]
        first = Fold(gettext("Unit, discount, tax, cost"), self._of(FIRST_LINE, rest))
        more = [
            Fold(gettext("Line %(n)s") % {"n": number}, self._of(number, PARTS))
            for number in self.numbers
            if number != FIRST_LINE
        ]
        return [
            first,
            *more,
            Fold(gettext("Contract, number, how they bought, note"), tuple(self[name] for name in RARE)),
        ]

    def _of(self, number: int, parts: Sequence[str]) -> tuple[forms.BoundField, ...]:
        return tuple(self[f"{part}_{number}"] for part in parts if f"{part}_{number}" in self.fields)

    def _is_said(self, number: int, said: dict[str, Any]) -> bool:
        return any(said.get(f"{part}_{number}") not in (None, "") for part in ("product", "item", "unit_minor"))

    def _complete(self, number: int, said: dict[str, Any]) -> None:
        """Take from the library what was left empty, and ask for what is still missing."""
        if not self._is_said(number, said):
            return
        product = self.products.get(str(said.get(f"product_{number}") or ""))
        known = _of_library(product) if product else {}
        said[f"product_{number}"] = product
        for part in LINE:
            name = f"{part}_{number}"
            if said.get(name) in (None, "") and name not in self.errors:
                said[name] = known.get(part, "" if part in ("item", "unit") else None)
        for part in ("discount", "tax", "quantity"):
            if said.get(f"{part}_{number}") is None:
                said[f"{part}_{number}"] = Decimal(1 if part == "quantity" else 0)
        for part in ("item", "unit_minor"):
            name = f"{part}_{number}"
            if said.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, gettext("Fill this in, or empty the whole line."))


class EditOrderForm(GuardedForm, OrderForm):
    """The same of an order that stands."""

    held = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Lines are replaced as a whole: who saw fewer or more of them than there are looks first."""
        said = super().clean()
        if said.get("held") not in (None, self.initial.get("held")):
            self.add_error(None, gettext("Somebody changed the lines in the meantime. Close this and open it again."))
        return said

    def has_other_lines(self) -> bool:
        """Whether one wrote anything else onto the lines."""
        return any(map(_is_of_line, self.changed()))


def _is_of_line(name: str) -> bool:
    part, _bar, number = name.rpartition("_")
    return part in PARTS and number.isdecimal()


def _line_fields(number: int, offered: Offered) -> dict[str, forms.Field]:
    """One line; without products in the library there is nothing to pick."""
    listed = [(str(each.uuid), each.name) for each in offered.products]
    made: dict[str, forms.Field] = {
        "product": forms.ChoiceField(
            label=_("From the library"), required=False, choices=[("", _("in own words")), *listed]
        ),
        "item": text(_("What was bought"), 200),
        "quantity": forms.DecimalField(
            label=_("Quantity"), required=False, max_digits=12, decimal_places=3, min_value=LEAST, max_value=MOST
        ),
        "unit_minor": AmountField(_("Price of one")),
        "unit": text(_("Unit"), 20),
        "discount": percent(_("Discount, per cent")),
        "tax": percent(_("Tax, per cent")),
        "cost_minor": AmountField(_("Our cost of one, without tax")),
    }
    for field in made.values():
        if isinstance(field, AmountField):
            field.currency = offered.currency
        if number != FIRST_LINE:
            field.label = format_lazy("{number}. {label}", number=number, label=field.label)
    if not listed:
        del made["product"]
    return {f"{part}_{number}": field for part, field in made.items()}


def _of_library(product: Solution) -> dict[str, Any]:
    """What the library says of a product today; what is typed goes before it."""
    said = {"item": product.name, "unit": product.unit, "unit_minor": product.list_minor}
    return {**said, "tax": product.tax}
