"""Forms about contracts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.agreements.actions import BEGUN_AS, CONTRACT, CONTRACT_STEPS
from wendu.agreements.choices import ContractKind, ContractState
from wendu.agreements.models import Contract
from wendu.identity.models import User
from wendu.opportunities.models import Opportunity
from wendu.web.customers.forms import day, long_text, text
from wendu.web.guarded import GuardedForm
from wendu.web.opportunities.finding_fields import AmountField

MOST_NOTICE = 730
LINKED = ("opportunity", "owner")


class ContractForm(forms.Form):
    """What stands on the paper, and where it lies."""

    title = text(_("What the contract is about"), 200, required=True)
    number = text(_("Number of the contract"), 100)
    kind = forms.ChoiceField(label=pgettext_lazy("contract", "Kind"), choices=ContractKind.choices)
    amount_minor = AmountField(_("Value of the contract"))
    signed_on = day(_("Signed on"))
    starts_on = day(_("In force from"))
    ends_on = day(_("Last day; empty: no end"))
    notice_days = forms.IntegerField(
        label=_("Talk about its end so many days before"), required=False, min_value=0, max_value=MOST_NOTICE
    )
    renews = forms.BooleanField(label=_("Runs on by itself when nobody gives notice"), required=False)
    opportunity = forms.TypedChoiceField(label=_("Deal it belongs to"), coerce=int, required=False, empty_value=None)
    owner = forms.TypedChoiceField(label=_("Who looks after it"), coerce=int, required=False, empty_value=None)
    paper = text(_("Where the paper lies: a link, a folder, a shelf"), 300)
    terms = long_text(_("Terms and notes"))

    def __init__(
        self, *args: Any, currency: str, deals: Sequence[Opportunity], people: Sequence[User], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.deals, self.people = {each.pk: each for each in deals}, {each.pk: each for each in people}
        amount, listed, owners = (self.fields[name] for name in ("amount_minor", "opportunity", "owner"))
        amount.currency = currency  # type: ignore[attr-defined]
        listed.choices = [("", "—"), *((each.pk, each.title) for each in deals)]  # type: ignore[attr-defined]
        owners.choices = [("", "—"), *((each.pk, each.display_name) for each in people)]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        said = {name: self.cleaned_data[name] for name in CONTRACT}
        chosen: dict[str, dict[int, Any]] = {"opportunity": self.deals, "owner": self.people}
        return {**said, **{name: found.get(self.cleaned_data[name]) for name, found in chosen.items()}}


class NewContractForm(ContractForm):
    """The same of one that is written down, and how far it is."""

    field_order = ("title", "number", "kind", "state")

    state = forms.ChoiceField(
        label=pgettext_lazy("contract", "How far it is"),
        choices=[(each.value, ContractState(each).label) for each in BEGUN_AS],
    )

    def values(self) -> dict[str, Any]:
        """What goes into the row, and where it stands."""
        return {**super().values(), "state": self.cleaned_data["state"]}


class EditContractForm(GuardedForm, ContractForm):
    """The same of one that stands."""


class ContractMoveForm(forms.Form):
    """Where a contract stands now."""

    to_state = forms.ChoiceField(label=_("The contract is now"))
    on = day(_("On which day"), required=True)
    reason = text(_("Why; needed to terminate or cancel"), 300)

    def __init__(self, *args: Any, contract: Contract, **options: Any) -> None:
        super().__init__(*args, **options)
        state: Any = self.fields["to_state"]
        state.choices = [(each, ContractState(each).label) for each in CONTRACT_STEPS.get(contract.state, ())]
