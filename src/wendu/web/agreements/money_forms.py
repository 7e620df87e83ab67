"""Forms about the money of an order: when it is due, what came in, what went back, and how the order goes on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wendu.agreements.actions import MOST_DUES, STEPS
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order, OrderLine
from wendu.web.customers.forms import day, text
from wendu.web.guarded import GuardedForm
from wendu.web.opportunities.finding_fields import AmountField
from wendu.web.opportunities.finding_forms import Fold

PARTS = ("due_on", "amount_minor", "note")
LEAST_QUANTITY, MOST_QUANTITY = "0.001", 9_999_999


class DuesForm(forms.Form):
    """Which part is due on which day; a part that says nothing is none."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, lines: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers = range(1, min(lines, MOST_DUES) + 1)
        for number in self.numbers:
            amount = AmountField(_("Amount"))
            amount.currency = currency
            made = {
                "due_on": day(pgettext_lazy("money", "Due on")),
                "amount_minor": amount,
                "note": text(pgettext_lazy("money", "What for"), 200),
            }
            for part, field in made.items():
                field.label = format_lazy("{number}. {label}", number=number, label=field.label)
                self.fields[f"{part}_{number}"] = field

    def clean(self) -> dict[str, Any]:
        """A part has its day."""
        said = super().clean() or self.cleaned_data
        for number in self.numbers:
            name = f"due_on_{number}"
            if self._is_said(number) and said.get(name) is None and name not in self.errors:
                self.add_error(name, gettext("Say when this part is due, or empty its line."))
        return said

    def dues(self) -> list[dict[str, Any]]:
        """The parts, as they were said."""
        return [
            {part: self.cleaned_data.get(f"{part}_{number}") for part in PARTS}
            for number in self.numbers
            if self._is_said(number)
        ]

    @property
    def shown(self) -> list[forms.BoundField]:
        """Day and amount of each part."""
        return [self["seen"], *(self[f"{part}_{number}"] for number in self.numbers for part in PARTS[:2])]

    @property
    def folds(self) -> list[Fold]:
        """What each part is for."""
        return [Fold(gettext("What each part is for"), tuple(self[f"note_{number}"] for number in self.numbers))]

    def _is_said(self, number: int) -> bool:
        return any(self.cleaned_data.get(f"{part}_{number}") not in (None, "") for part in PARTS)


class ReceiptForm(forms.Form):
    """Money that came in."""

    received_on = day(_("Received on"), required=True)
    amount_minor = AmountField(_("Amount"))
    note = text(_("Note"), 200)
    external_id = text(_("Number of the receipt"), 100)

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        amount: Any = self.fields["amount_minor"]
        amount.currency, amount.required = currency, True

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return {name: self.cleaned_data[name] for name in ReceiptForm.base_fields}


class EditReceiptForm(GuardedForm, ReceiptForm):
    """The same of a receipt that stands."""


class ReturnForm(forms.Form):
    """What went back, or was taken off the price."""

    returned_on = day(_("Went back on"), required=True)
    line = forms.TypedChoiceField(label=_("What went back"), coerce=int, required=False, empty_value=None)
    quantity = forms.DecimalField(
        label=_("How much of it"),
        required=False,
        max_digits=12,
        decimal_places=3,
        min_value=float(LEAST_QUANTITY),
        max_value=MOST_QUANTITY,
    )
    gross_minor = AmountField(_("Amount; empty: by the price of the line"))
    reason = text(_("Why"), 300)

    def __init__(self, *args: Any, currency: str, lines: Sequence[OrderLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = {line.pk: line for line in lines}
        what: Any = self.fields["line"]
        what.choices = [("", gettext("nothing, only money")), *((line.pk, line.item) for line in lines)]
        amount: Any = self.fields["gross_minor"]
        amount.currency = currency

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "line"}

    def chosen(self) -> OrderLine | None:
        """The line it is about."""
        return self.lines.get(self.cleaned_data["line"])


class MoveForm(forms.Form):
    """Where an order stands now."""

    to_state = forms.ChoiceField(label=_("The order is now"))
    accepted_on = day(_("Accepted on"))
    reason = text(_("Why; needed for a dispute"), 300)

    def __init__(self, *args: Any, order: Order, **options: Any) -> None:
        super().__init__(*args, **options)
        state: Any = self.fields["to_state"]
        state.choices = [(each, OrderState(each).label) for each in STEPS.get(order.state, ())]
