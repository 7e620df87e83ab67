"""Forms about contracts."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.agreements.actions import BEGUN_AS, CONTRACT, CONTRACT_STEPS
from wendu.agreements.choices import ContractKind, ContractState
from wendu.agreements.models import MOST_NOTICE, Contract
from wendu.identity.models import User
from wendu.opportunities.models import Opportunity
from wendu.web.customers.forms import day, long_text, text
from wendu.web.guarded import GuardedForm
from wendu.web.opportunities.finding_fields import AmountField


class Among(NamedTuple):
    """What a contract may name: deals, the one it takes the place of, and who looks after it."""

    opportunity: Sequence[Opportunity]
    follows: Sequence[Contract]
    owner: Sequence[User]


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
    follows = forms.TypedChoiceField(label=_("Takes the place of"), coerce=int, required=False, empty_value=None)
    owner = forms.TypedChoiceField(label=_("Who looks after it"), coerce=int, required=False, empty_value=None)
    paper = text(_("Where the paper lies: a link, a folder, a shelf"), 300)
    terms = long_text(_("Terms and notes"))

    def __init__(self, *args: Any, currency: str, among: Among, **options: Any) -> None:
        super().__init__(*args, **options)
        amount: Any = self.fields["amount_minor"]
        amount.currency = currency
        self.offered: dict[str, dict[int, Any]] = {
            name: {each.pk: each for each in rows} for name, rows in among._asdict().items()
        }
        for name, rows in self.offered.items():
            field: Any = self.fields[name]
            field.choices = [("", "—"), *((pk, _name_of(each)) for pk, each in rows.items())]
        if not among.follows:
            del self.fields["follows"]

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        said = {name: self.cleaned_data[name] for name in CONTRACT}
        chosen = {name: rows.get(self.cleaned_data.get(name) or 0) for name, rows in self.offered.items()}
        return {**said, **chosen}


def _name_of(row: Opportunity | Contract | User) -> str:
    """How a list of choices calls it; of contracts of one name the number tells them apart."""
    if isinstance(row, User):
        return row.display_name
    return f"{row.title} · {row.number}" if isinstance(row, Contract) and row.number else row.title


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
