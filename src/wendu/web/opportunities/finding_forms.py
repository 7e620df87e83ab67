"""One form per kind of finding; they read a dict, the rules are asked of the actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.customers.choices import Market
from wendu.desk.gains import UNASKED
from wendu.discovery.choices import Capability, MotiveKind, NeedKind, ThreePeople
from wendu.discovery.models import Demand
from wendu.method.deals.benefits import interests_asked
from wendu.offers.choices import (
    ConcernKind,
    ConcernState,
    EvidenceKind,
    InterestKind,
    MessageKind,
    MessageState,
    ResponseKind,
)
from wendu.offers.models import POINTS
from wendu.opportunities.models import Opportunity
from wendu.web.customers.forms import day, long_text, text
from wendu.web.guarded import GuardedForm
from wendu.web.opportunities.finding_fields import (
    AmountField,
    KnownOrNot,
    ScoresField,
    one_of,
    one_to_five,
    rated,
)


@dataclass(frozen=True, slots=True)
class Fold:
    """Fields rarely filled in, under one title; open once something stands in them or is wrong."""

    title: str
    fields: tuple[forms.BoundField, ...]

    @property
    def is_open(self) -> bool:
        """Whether there is something to see in it."""
        untouched = (None, "", False, Capability.UNKNOWN.value)
        return any(field.errors or field.value() not in (*untouched, field.field.initial, {}) for field in self.fields)


class FindingForm(forms.Form):
    """What every kind shares: whom it is about, and the currency of the deal; `rare` fields are folded by title."""

    rare: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()

    nobody: Any = _("everybody")  # what it says where no person is chosen

    def __init__(self, *args: Any, deal: Opportunity, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency = deal.currency
        person: Any = self.fields.get("contact_id")
        if person is not None:
            anybody = [] if person.required else [("", self.nobody)]
            person.choices = [*anybody, *people]
        self._as_private(deal.customer.market)
        need: Any = self.fields.get("demand_id")
        if need is not None:
            rows = Demand.objects.standing().filter(opportunity=deal).select_related("contact").order_by("pk")
            none = [] if need.required else [("", _("no need yet"))]
            need.choices = [*none, *((each.pk, self.naming(each)) for each in rows)]

    def _as_private(self, market: str) -> None:
        """A family has no interests of a firm, no customers and no rivals; what stands already can still be kept."""
        asked = interests_asked((), private=market == Market.B2C)
        nobody = UNASKED.get(market, ())
        for name, is_left_out in (
            ("interest", lambda code: code not in asked),
            ("people", lambda code: code in nobody),
        ):
            field: Any = self.fields.get(name)
            if field is not None:
                kept = getattr(getattr(self, "stands", None), name, self.initial.get(name))
                field.choices = [pair for pair in field.choices if pair[0] == kept or not is_left_out(pair[0])]

    def naming(self, need: Demand) -> str:
        """What a need is called where one is chosen."""
        return need.need or need.requirement

    @property
    def shown(self) -> list[forms.BoundField]:
        """What is asked at once."""
        folded = {name for _title, names in self.rare for name in names}
        return [self[name] for name in self.fields if name not in folded]

    @property
    def folds(self) -> list[Fold]:
        """What is asked of whoever opens it."""
        return [Fold(str(title), tuple(self[name] for name in names)) for title, names in self.rare]

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}


def whose(*, required: bool = True) -> forms.TypedChoiceField:
    """One of those who decide."""
    return forms.TypedChoiceField(label=_("Person"), coerce=int, required=required, empty_value=None)


WHOLE_NEED = ("who", "when", "how_much", "why", "by_what_standard")


class DemandForm(FindingForm):
    """What one person asks for, why, and whether we can do it."""

    rare: ClassVar = (
        (_("The motive"), ("motive", "motive_kind")),
        (_("The whole need: who, when, how much, why, by what standard"), WHOLE_NEED),
        (_("Is it the right request, and can we?"), ("topic", "fit", "is_best_for_them", "is_guided", "capability")),
    )
    contact_id = whose()
    requirement = text(_("What they ask for"), 200, required=True)
    topic = text(_("About what, in a word"), 60)
    is_must = forms.BooleanField(label=_("They must have it"), required=False, initial=True)
    need = text(_("The need behind it"), 200)
    kind = one_of(_("How far it is said"), NeedKind)
    quote = text(_("In their own words"), 300)
    motive = text(_("The motive behind that"), 200)
    motive_kind = one_of(_("Whose motive"), MotiveKind, or_none=True)
    who = text(_("Who is concerned"), 100)
    when = text(_("By when"), 100)
    how_much = text(_("How much"), 100)
    why = text(_("Why now"), 200)
    by_what_standard = text(_("By what standard"), 200)
    confirmed_on = day(_("Confirmed on"))
    is_guided = forms.BooleanField(label=_("We led them to it"), required=False)
    fit = rated(_("How well the request meets the need, 0 to 10"))
    is_best_for_them = KnownOrNot(_("Is it the best for them?"))
    capability = one_of(_("Can we do it?"), Capability, initial=Capability.UNKNOWN.value)


class ReconstructionForm(FindingForm):
    """A request told back in words that serve the need better."""

    rare: ClassVar = (
        (_("It brings in a criterion we are good at"), ("brings", "brings_weight", "brings_ours", "brings_rivals")),
    )
    demand_id = forms.TypedChoiceField(label=_("Which request"), coerce=int)
    requirement = text(_("How we would put it instead"), 200, required=True)
    fit = rated(_("How well that meets the need, 0 to 10"))
    told_on = day(_("Told back on"), required=True)
    words = text(_("How they agreed, in their own words; empty: only proposed"), 300)
    agreed_on = day(_("Agreed on"))
    brings = text(_("The criterion"), 100)
    brings_weight = one_to_five(_("Its weight for them"))
    brings_ours = rated(_("Our score, 0 to 10"))
    brings_rivals = ScoresField(_("Scores of the others"))

    def naming(self, need: Demand) -> str:
        """By what was asked for: that is what is told back."""
        return f"{need.contact.name}: {need.requirement}"


class CriterionForm(FindingForm):
    """One thing they decide by."""

    name = text(_("What they decide by"), 100, required=True)
    weight = one_to_five(_("Its weight for them"))
    ours = rated(_("Our score, 0 to 10"))
    rivals = ScoresField(_("Scores of the others"))


class EffectForm(FindingForm):
    """What they gain."""

    people = one_of(_("Whose business"), ThreePeople)
    fact = text(_("What we know"), 200)
    problem = text(_("The problem"), 200, required=True)
    solution = text(_("What we do about it"), 200)
    earn_minor = AmountField(_("They earn a year"))
    save_minor = AmountField(_("They save a year"))


class TrustForm(FindingForm):
    """How one person sees us."""

    contact_id = whose()
    rated_on = day(_("Rated on"), required=True)
    credibility = rated(_("Believes we know our trade, 0 to 10"))
    reliability = rated(_("Believes we keep our word, 0 to 10"))
    intimacy = rated(_("Tells us what troubles them, 0 to 10"))
    self_orientation = rated(_("Thinks we look after ourselves, 0 to 10"))
    qualification = rated(_("Company: qualification, 0 to 10"))
    references = rated(_("Company: references, 0 to 10"))
    delivery = rated(_("Company: can deliver, 0 to 10"))
    promise_keeping = rated(_("Company: keeps promises, 0 to 10"))
    evidence = text(_("How you know"), 300)


class InterestForm(FindingForm):
    """What one person cares about."""

    contact_id = whose()
    interest = one_of(_("Interest"), InterestKind)
    importance = one_to_five(_("How much it matters to them"))


class CardForm(FindingForm):
    """Feature, advantage, benefit, evidence."""

    interest = one_of(_("Interest"), InterestKind)
    contact_id = whose(required=False)
    demand_id = forms.TypedChoiceField(label=_("Which need it meets"), coerce=int, required=False, empty_value=None)
    feature = text(pgettext_lazy("FABE", "Feature"), 200, required=True)
    advantage = text(pgettext_lazy("FABE", "Advantage"), 200)
    benefit = text(pgettext_lazy("FABE", "Benefit"), 200)
    evidence_kind = one_of(_("Kind of evidence"), EvidenceKind, or_none=True)
    evidence = text(_("The evidence"), 300)
    shown_on = day(_("Shown on"))


class MessageForm(FindingForm):
    """One of the three messages to one person."""

    contact_id = whose()
    message = one_of(_("Message"), MessageKind)
    state = one_of(_("How far it got"), MessageState)
    said_on = day(_("On"), required=True)
    words = text(_("How they put it themselves"), 300)


class ConcernForm(FindingForm):
    """A fear and its answer."""

    what = text(_("What they fear"), 300, required=True)
    contact_id = whose(required=False)
    kind = one_of(_("Kind"), ConcernKind)
    severity = one_to_five(_("How grave"))
    raised_on = day(_("Raised on"), required=True)
    state = one_of(_("Where it stands"), ConcernState)
    response_kind = one_of(_("Answered by"), ResponseKind, or_none=True)
    answer = text(_("The answer"), 300)
    settled_on = day(_("Settled on"))
    words = text(_("How they said that it is settled"), 300)


class WorthForm(FindingForm):
    """What one supplier is worth to them; without a name it is us."""

    rare: ClassVar = ((_("In points of 0 to 10, where nobody knows the money"), POINTS),)
    rival = text(_("Name of the rival; empty for us"), 120)
    product_minor = AmountField(_("Value: product"))
    service_minor = AmountField(_("Value: service"))
    personnel_minor = AmountField(_("Value: people"))
    image_minor = AmountField(_("Value: image"))
    money_minor = AmountField(_("Costs them: other money"))
    time_minor = AmountField(_("Costs them: time"))
    energy_minor = AmountField(_("Costs them: energy"))
    worry_minor = AmountField(_("Costs them: worry"))
    price_minor = AmountField(_("Price"))
    cost_minor = AmountField(_("Serving them costs us"))
    product_points = rated(_("Value in points: product"))
    service_points = rated(_("Value in points: service"))
    personnel_points = rated(_("Value in points: people"))
    image_points = rated(_("Value in points: image"))
    money_points = rated(_("Weighs on them: price and other money"))
    time_points = rated(_("Weighs on them: time"))
    energy_points = rated(_("Weighs on them: energy"))
    worry_points = rated(_("Weighs on them: worry"))
    source = text(_("Who says so"), 200)


class CompetitorForm(FindingForm):
    """Who else is in it."""

    nobody = _("not known")
    name = text(_("Name of the rival"), 120, required=True)
    strength = text(_("What speaks for them"), 300)
    weakness = text(_("Where they fall short"), 300)
    contact_id = forms.TypedChoiceField(label=_("Who there wants them"), coerce=int, required=False, empty_value=None)
    counter = text(_("How we answer, in the customer's interest"), 300)


def figure(label: Any) -> forms.DecimalField:
    """A number of whatever unit; empty is unknown."""
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=14, decimal_places=2)


class ExpectationForm(FindingForm):
    """One thing they expect, and the four steps to it."""

    rare: ClassVar = (
        (_("Conditions, and what they must do themselves"), ("conditions", "their_part", "lower_is_better")),
    )
    goal = text(_("What they expect"), 200, required=True)
    demand_id = forms.TypedChoiceField(label=_("The need behind it"), coerce=int, required=False, empty_value=None)
    expected = figure(_("The number they count on"))
    unit = text(_("Its unit, like % or days"), 20)
    due_on = day(_("By when"))
    promised = figure(_("The number we promised"))
    typical = figure(_("What half of our customers reach"))
    best = figure(_("What one in ten reaches"))
    solution = text(_("How we get there"), 300)
    safeguards = text(_("What keeps it safe"), 300)
    judged_by = text(_("How the result is measured"), 200)
    accepted_when = text(_("What counts as accepted"), 200)
    conditions = text(_("Under which conditions it holds"), 300)
    their_part = text(_("What they must do themselves"), 300)
    lower_is_better = forms.BooleanField(label=_("Less is better"), required=False)
    source = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class SheetForm(FindingForm):
    """What is settled about the deal as a whole."""

    strategy = long_text(_("The way in and to the signature"))
    can_use = KnownOrNot(_("Can they use it well?"))
    has_no_rival = forms.BooleanField(label=_("Nobody else is in it: they would do nothing"), required=False)
    is_simple = forms.BooleanField(label=_("A small deal: one gate before the signature"), required=False)
    asked_for_proposal = forms.BooleanField(label=_("They asked for a proposal"), required=False)
    terms = long_text(_("Terms"))
    terms_agreed_on = day(_("Terms agreed on"))
    contract = text(_("Number of the contract"), 100)
    contract_signed_on = day(_("Contract signed on"))
    payment_plan = long_text(_("Payment plan"))


class _Correction(GuardedForm):
    """The same of one that stands."""


FORMS: dict[str, type[FindingForm]] = {
    "demand": DemandForm,
    "reconstruction": ReconstructionForm,
    "criterion": CriterionForm,
    "effect": EffectForm,
    "trustrating": TrustForm,
    "interest": InterestForm,
    "benefitcard": CardForm,
    "valuemessage": MessageForm,
    "concern": ConcernForm,
    "worth": WorthForm,
    "competitor": CompetitorForm,
    "expectation": ExpectationForm,
    "dealsheet": SheetForm,
}
CORRECTIONS: dict[str, type[FindingForm]] = {
    name: type(f"Correct{form.__name__}", (_Correction, form), {"__doc__": form.__doc__})
    for name, form in FORMS.items()
}
