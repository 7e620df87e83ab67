"""Forms about a fee that comes again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.agreements.choices import SubscriptionState
from wendu.opportunities.models import Opportunity
from wendu.web.customers.forms import day, text
from wendu.web.guarded import GuardedForm
from wendu.web.opportunities.finding_fields import AmountField, percent

LONGEST_TERM = 120
RUNNING = (SubscriptionState.ACTIVE, SubscriptionState.TRIAL)


class _Amounts(forms.Form):
    """Amounts are in the currency of the subscription."""

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency = currency


class DetailsForm(_Amounts):
    """What it is for, and what buying it once would cost."""

    item = text(_("What the fee is for"), 200, required=True)
    one_off_minor = AmountField(_("Buying it once would cost"))
    margin = percent(_("Margin of the fee, per cent"))
    external_id = text(_("Number of the subscription"), 100)

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}


class EditDetailsForm(GuardedForm, DetailsForm):
    """The same of one that stands."""


class BeginForm(_Amounts):
    """A new subscription."""

    item = text(_("What the fee is for"), 200, required=True)
    fee_minor = AmountField(_("Fee of one term, without tax"))
    term_months = forms.IntegerField(label=_("Months of a term"), min_value=1, max_value=LONGEST_TERM, initial=12)
    began_on = day(_("Began on"), required=True)
    state = forms.ChoiceField(label=_("It is"), choices=[(each.value, each.label) for each in RUNNING])
    one_off_minor = AmountField(_("Buying it once would cost"))
    margin = percent(_("Margin of the fee, per cent"))
    opportunity = forms.TypedChoiceField(label=_("Deal it belongs to"), coerce=int, required=False, empty_value=None)
    external_id = text(_("Number of the subscription"), 100)

    def __init__(self, *args: Any, deals: Sequence[Opportunity], **options: Any) -> None:
        super().__init__(*args, **options)
        self.deals = {each.pk: each for each in deals}
        fee, chosen = self.fields["fee_minor"], self.fields["opportunity"]
        fee.required = True
        listed: Any = chosen
        listed.choices = [("", "—"), *((each.pk, each.title) for each in deals)]

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return {**self.cleaned_data, "opportunity": self.deals.get(self.cleaned_data["opportunity"])}


class RenewalForm(_Amounts):
    """The next term and its fee."""

    fee_minor = AmountField(_("Fee of the next term, without tax"))
    reason = text(_("Why more or less"), 300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["fee_minor"].required = True


class EndingForm(forms.Form):
    """It is not renewed."""

    ended_on = day(_("Ends on"), required=True)
    cause = text(_("Why it is not renewed"), 300, required=True)
