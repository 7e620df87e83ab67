"""Forms of the library; they read a dict, the rules are asked of the actions."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.agreements.actions.products import SAID
from wendu.agreements.choices import Use
from wendu.coach.frame import Frame
from wendu.desk.library import industries
from wendu.identity.models import Organisation
from wendu.offers.actions import SOLUTION
from wendu.offers.choices import EvidenceKind, HelpKind, InterestKind, SolutionKind
from wendu.offers.models import Solution
from wendu.web.customers.forms import long_text, text
from wendu.web.guarded import GuardedForm
from wendu.web.opportunities.finding_fields import AmountField, one_of, percent

MOST_PARTS, LONGEST_CYCLE = 500, 32_767


class SolutionForm(forms.Form):
    """One line of the library."""

    name = text(pgettext_lazy("library", "Name"), 200, required=True)
    kind = one_of(_("Kind"), SolutionKind)
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    audience = text(_("Who has the problem"), 200)
    problem = long_text(_("The problem"))
    summary = long_text(_("What we do about it"))
    rollout = long_text(_("How it is brought in, and what keeps it safe"))
    help_kind = one_of(_("How badly it is needed"), HelpKind, or_none=True)
    unit = text(_("Unit"), 20)
    list_minor = AmountField(_("List price of one"))
    tax = percent(_("Tax, per cent"))
    parts = forms.TypedMultipleChoiceField(label=_("Made of"), required=False, coerce=int)

    def __init__(self, *args: Any, frame: Frame, solution: Solution | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        price: Any = self.fields["list_minor"]
        price.currency = self._currency(solution)
        price.help_text = price.currency
        named, kept = industries(frame), "" if solution is None else solution.industry
        named += [(kept, kept)] if kept and kept not in dict(named) else []
        self.fields["industry"].choices = [("", _("any")), *named]  # type: ignore[attr-defined]
        rows = Solution.objects.taken_in().order_by("name", "pk")
        rows = rows if solution is None else rows.exclude(pk=solution.pk)
        self.fields["parts"].choices = list(rows.values_list("pk", "name")[:MOST_PARTS])  # type: ignore[attr-defined]
        if not self.fields["parts"].choices:  # type: ignore[attr-defined]
            del self.fields["parts"]

    def _currency(self, solution: Solution | None) -> str:
        kept = solution.currency if solution is not None else ""
        return kept or Organisation.objects.current().currency

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return {name: self.cleaned_data[name] for name in SOLUTION}

    def parts_chosen(self) -> list[Solution]:
        """What it is made of."""
        return list(Solution.objects.taken_in().filter(pk__in=self.cleaned_data.get("parts", ())).order_by("pk"))


class ProductSheetForm(forms.Form):
    """What is known of a product beside its price."""

    code = text(_("Number of the product"), 100)
    cost_minor = AmountField(_("What one costs us"))
    use = one_of(_("How it is used up"), Use, or_none=True)
    cycle_days = forms.IntegerField(
        label=_("Bought again after so many days"),
        required=False,
        min_value=1,
        max_value=LONGEST_CYCLE,
        help_text=_("Counts until a customer shows a rhythm of its own."),
    )

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        cost: Any = self.fields["cost_minor"]
        cost.currency = cost.help_text = currency


class KnownProductSheetForm(GuardedForm, ProductSheetForm):
    """The same of one that stands."""

    kept_as: ClassVar[Mapping[str, str]] = SAID


class KnownSolutionForm(GuardedForm, SolutionForm):
    """The same of one that stands."""


class PointForm(forms.Form):
    """Feature, advantage, benefit, evidence."""

    interest = one_of(_("Interest"), InterestKind)
    feature = text(pgettext_lazy("FABE", "Feature"), 200, required=True)
    advantage = text(pgettext_lazy("FABE", "Advantage"), 200)
    benefit = text(pgettext_lazy("FABE", "Benefit"), 200)
    evidence_kind = one_of(_("Kind of evidence"), EvidenceKind, or_none=True)
    evidence = text(_("The evidence"), 300)


class CaseForm(forms.Form):
    """What it did for somebody."""

    customer_kind = text(_("What kind of customer, without the name"), 200, required=True)
    problem = text(_("The problem"), 300)
    measures = text(_("What was done"), 300)
    result = text(_("The result, with its figures"), 300, required=True)
    evidence = text(_("The evidence"), 300)
    may_name = forms.BooleanField(label=_("The customer allows us to give its name"), required=False)
    customer_name = text(_("Its name, only with its consent"), 200)


class KnownPointForm(GuardedForm, PointForm):
    """The same of one that stands."""


class KnownCaseForm(GuardedForm, CaseForm):
    """The same of one that stands."""
