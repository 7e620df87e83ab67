"""Forms about opportunities: they read a dict; the rules are asked of the actions."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.customers.queries import owner_choices
from wendu.desk.gate import GateView
from wendu.desk.loss import LossView
from wendu.identity.models import User
from wendu.kernel.errors import ActionError
from wendu.kernel.money import Money, parse_amount
from wendu.opportunities.actions import LINKS, RESTART
from wendu.opportunities.choices import Access, InfluencerRole, LossReason, NoDealCause, Stage, Stance
from wendu.opportunities.models import Influencer, Opportunity
from wendu.opportunities.queries import influencer_choices
from wendu.web.customers.forms import day, long_text, text
from wendu.web.own_fields import AsksOwnFields, OwnFieldsForm

WHAT_NEXT = (
    ("stay", _("Go on with the customer")),
    ("nurture", _("Let it rest until a day")),
    ("drop", _("Do not pursue it")),
)
PEOPLE = ("is_receptive", "is_dissatisfied", "is_powerful", "weight", "stance", "access", *LINKS)


class DealForm(forms.Form):
    """What the opportunity is about."""

    title = text(_("What it is about"), 200, required=True)
    amount = text(_("Amount"), 40)
    amount_is_estimated = forms.BooleanField(label=_("The amount is an estimate"), required=False)
    product = text(_("Product"), 200)
    opened_on = day(_("Opened on"))
    expected_on = day(_("Expected on"))
    external_id = text(_("Number in another system"), 100)
    note = long_text(_("Note"))

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.currency = currency

    def clean_amount(self) -> int | None:
        """Read an amount as people write it: 12,800, 1.28万, 3.5k."""
        return amount_of(self.cleaned_data["amount"], self.currency)

    def details(self) -> dict[str, Any]:
        """What goes into the row beside the title."""
        said = self.cleaned_data
        names = ("amount_is_estimated", "product", "expected_on", "external_id", "note")
        return {"amount_minor": said["amount"], **{name: said[name] for name in names}}

    @staticmethod
    def initial_of(deal: Opportunity) -> dict[str, Any]:
        """What stands."""
        names = ("title", "amount_is_estimated", "product", "opened_on", "expected_on", "external_id", "note")
        amount = "" if deal.amount_minor is None else str(Money(deal.amount_minor, deal.currency).amount)
        return {"amount": amount, **{name: getattr(deal, name) for name in names}}


class NewDealForm(AsksOwnFields, DealForm):
    """The same of one that is opened, with the company's own fields."""


class EditDealForm(OwnFieldsForm, DealForm):
    """The same of one that stands."""

    kept_as: ClassVar[Mapping[str, str]] = {"amount": "amount_minor"}


class MoveForm(forms.Form):
    """One stage on, or back with a reason."""

    to_stage = forms.ChoiceField(label=_("To stage"), choices=Stage.choices)
    reason = text(_("Why"), 300)

    def __init__(self, *args: Any, deal: Opportunity, lacking: GateView | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.deal, self.lacking = deal, lacking


class CloseForm(forms.Form):
    """Signed: on which day and for how much. A loss is another question, asked with its diagnosis."""

    closed_on = day(_("Ended on"), required=True)
    amount = text(_("Amount signed"), 40)
    note = long_text(_("Note"))

    def __init__(self, *args: Any, deal: Opportunity, lacking: GateView | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.deal, self.lacking = deal, lacking
        if lacking is not None:
            self.fields["note"].label = _("Why it was signed all the same")

    def clean_amount(self) -> int | None:
        """Read an amount as people write it."""
        return amount_of(self.cleaned_data["amount"], self.deal.currency)


class LossForm(forms.Form):
    """Lost: why by the evidence, what they said, and what becomes of the customer."""

    closed_on = day(_("Ended on"), required=True)
    cause = forms.ChoiceField(label=_("Why it did not close"), choices=NoDealCause.choices)
    why = text(_("If another cause: what speaks for it"), 300)
    reason = forms.ChoiceField(
        label=_("What they said as the reason"), required=False, choices=[("", "—"), *LossReason.choices]
    )
    rival = text(_("Who won it"), 120)
    then = forms.ChoiceField(
        label=_("What becomes of the customer"), choices=WHAT_NEXT, widget=forms.RadioSelect, initial="stay"
    )
    note = long_text(_("Note"))

    def __init__(self, *args: Any, diagnosis: LossView, **options: Any) -> None:
        super().__init__(*args, **options)
        self.diagnosis = diagnosis


class ReopenForm(forms.Form):
    """At which of the first two stages it is taken up again, and why where its gate is not met."""

    to_stage = forms.ChoiceField(
        label=_("To stage"), choices=[(stage.value, stage.label) for stage in RESTART], widget=forms.RadioSelect
    )
    reason = text(_("Why"), 300)

    def __init__(self, *args: Any, deal: Opportunity, entry: GateView | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.deal, self.entry = deal, entry
        if entry is not None and entry.missing:
            self.fields["reason"].label = _("Why start at presentation without it; your manager sees it")


class DiagnosisForm(forms.Form):
    """How a loss is seen now."""

    cause = forms.ChoiceField(label=_("Why it did not close"), choices=NoDealCause.choices)
    why = text(_("If another cause: what speaks for it"), 300)

    def __init__(self, *args: Any, diagnosis: LossView, **options: Any) -> None:
        super().__init__(*args, **options)
        self.diagnosis = diagnosis


class PauseForm(forms.Form):
    """Until when, and why."""

    wake_on = day(_("Take it up again on"), required=True)
    reason = text(_("Why"), 300)


class OwnerForm(forms.Form):
    """Whose opportunity it becomes."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("New owner"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = owner_choices(user).order_by("full_name", "pk")  # type: ignore[attr-defined]


class InfluencerForm(forms.Form):
    """A person's part in the decision."""

    contact = forms.TypedChoiceField(label=_("Person"), coerce=int)
    role = forms.ChoiceField(label=_("Role"), choices=InfluencerRole.choices)
    is_receptive = forms.BooleanField(label=_("Listens to us"), required=False)
    is_dissatisfied = forms.BooleanField(label=_("Has the problem"), required=False)
    is_powerful = forms.BooleanField(label=_("Can decide"), required=False)
    weight = forms.TypedChoiceField(
        label=_("Weight of the voice"), coerce=int, choices=[(n, str(n)) for n in range(1, 6)], initial=3
    )
    stance = forms.TypedChoiceField(label=_("Stance"), coerce=int, choices=Stance.choices, initial=0)
    access = forms.ChoiceField(label=_("How we reach them"), choices=Access.choices)
    reports_to_id = forms.TypedChoiceField(label=_("Reports to"), coerce=int, required=False, empty_value=None)
    sways_id = forms.TypedChoiceField(
        label=_("Who listens to this person most"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self, *args: Any, user: User, deal: Opportunity, part: Influencer | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.people = {each.pk: each for each in influencer_choices(user, deal)}
        others = [("", _("nobody, or not known")), *((pk, each.name) for pk, each in self.people.items())]
        for name in LINKS:
            kept = None if part is None else getattr(part, name.removesuffix("_id"))
            gone = [(kept.pk, kept.name)] if kept is not None and kept.pk not in self.people else []
            self.fields[name].choices = [  # type: ignore[attr-defined]
                pair for pair in (*others, *gone) if part is None or pair[0] != part.contact_id
            ]
        if part is not None:
            self.people = {part.contact_id: part.contact}
        self.fields["contact"].choices = [(pk, each.name) for pk, each in self.people.items()]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What goes into the row beside person and role."""
        return {name: self.cleaned_data[name] for name in PEOPLE}


def amount_of(words: str, currency: str) -> int | None:
    """An amount in minor units; an unreadable one says how to write it."""
    if not words:
        return None
    try:
        return parse_amount(words, currency)
    except ActionError as wrong:
        raise forms.ValidationError(wrong.text()) from wrong
