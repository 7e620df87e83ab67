"""Forms about quotes: they read a dict; the rules are asked of the actions."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.web.customers.forms import day, long_text, text
from wendu.web.guarded import GuardedForm
from wendu.web.opportunities.finding_fields import AmountField, percent

LONGEST_DAYS, MOST = 3650, 9_999_999


class QuoteForm(forms.Form):
    """What a quote says beside its lines."""

    valid_until = day(_("Valid until"), required=True)
    tax_included = forms.BooleanField(label=_("Prices include tax"), required=False, initial=True)
    payment_days = forms.IntegerField(label=_("Days to pay"), required=False, min_value=0, max_value=LONGEST_DAYS)
    rebate = percent(_("Paid back afterwards, per cent"))
    extras = text(_("Given on top: services, goods, anything else"), 300)
    terms = long_text(_("Delivery, warranty, other terms"))

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return _said(self, ("rebate",))


class LineForm(forms.Form):
    """One thing offered."""

    item = text(_("What is offered"), 200, required=True)
    detail = text(_("Model, scope"), 300)
    quantity = forms.DecimalField(label=_("Quantity"), max_digits=12, decimal_places=3, max_value=MOST, initial=1)
    unit = text(_("Unit"), 20)
    unit_minor = AmountField(_("Price of one"))
    list_minor = AmountField(_("List price of one, if higher"))
    discount = percent(_("Discount, per cent"))
    tax = percent(_("Tax, per cent"))

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("unit_minor", "list_minor"):
            field: Any = self.fields[name]
            field.currency = currency
        self.fields["unit_minor"].required = True

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return _said(self, ("discount", "tax"))


class EditQuoteForm(GuardedForm, QuoteForm):
    """The same of a draft that stands."""


class EditLineForm(GuardedForm, LineForm):
    """The same of a line that stands."""


class ReasonForm(forms.Form):
    """Why somebody should allow it."""

    reason = text(_("Why"), 300, required=True)


class DecisionForm(forms.Form):
    """Allow it or not, and why."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approved", _("Let it out")), ("refused", _("Refuse"))],
        widget=forms.RadioSelect,
        initial="approved",
    )
    reason = text(_("Why"), 300, required=True)


class AnswerForm(forms.Form):
    """What the customer said."""

    answer = forms.ChoiceField(
        label=_("What they said"),
        choices=[("accepted", _("They accept")), ("declined", _("They decline"))],
        widget=forms.RadioSelect,
        initial="accepted",
    )
    reason = text(_("In their words"), 300)


def _said(form: forms.Form, zeros: tuple[str, ...]) -> dict[str, Any]:
    values = {name: value for name, value in form.cleaned_data.items() if name != "base"}
    return {**values, **{name: Decimal(0) for name in zeros if values.get(name) is None}}
