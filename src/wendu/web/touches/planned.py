"""The questions of a prepared talk in the log form: what was heard, and what it is worth."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wendu.coach.talks import Answer
from wendu.customers.models import Customer
from wendu.discovery.choices import Heard, Reached
from wendu.discovery.models import CallPlan, PlanQuestion
from wendu.offers.choices import ConcernKind
from wendu.web.fragments import person
from wendu.web.touches.choosing import as_uuid

NEEDS = (Heard.IMPLIED, Heard.EXPLICIT, Heard.CONCERN)


class PlannedForm(forms.Form):
    """One line per question that was meant to be asked."""

    def __init__(self, data: Mapping[str, Any] | None, *, plan: CallPlan) -> None:
        super().__init__(data, prefix="plan")
        self.plan = plan
        self.asked = list(plan.questions.filter(is_look_up=False).order_by("place"))
        kinds = Heard.choices if plan.opportunity_id is not None else [(Heard.NOTHING.value, Heard.NOTHING.label)]
        self.fields["reached"] = forms.ChoiceField(
            label=_("What became of it"), choices=Reached.choices, required=False, widget=forms.RadioSelect
        )
        for each in self.asked:
            self.fields[f"asked_{each.pk}"] = forms.BooleanField(label=_("asked"), required=False)
            self.fields[f"answer_{each.pk}"] = forms.CharField(label=each.text, required=False, max_length=300)
            self.fields[f"heard_{each.pk}"] = forms.ChoiceField(
                label=_("What it is worth"),
                choices=kinds,
                required=False,
                widget=forms.RadioSelect,
                initial=Heard.NOTHING.value,
            )
            self.fields[f"worry_{each.pk}"] = forms.ChoiceField(
                label=_("What they worry about"), choices=[("", "—"), *ConcernKind.choices], required=False
            )

    @property
    def lines(self) -> Iterable[dict[str, Any]]:
        """Each question with its boxes."""
        for each in self.asked:
            yield {
                "asked": each,
                "tick": self[f"asked_{each.pk}"],
                "answer": self[f"answer_{each.pk}"],
                "heard": self[f"heard_{each.pk}"],
                "worry": self[f"worry_{each.pk}"],
            }

    @property
    def reached_field(self) -> forms.BoundField:
        """The box in which one says what became of the objective."""
        return self["reached"]

    @property
    def reached(self) -> str:
        """What became of the objective; nothing while nobody said."""
        return str(self.cleaned_data.get("reached") or "")

    @property
    def answers(self) -> list[Answer]:
        """What was asked, and what was typed to which question."""
        return [self._answer(each) for each in self.asked]

    def clean(self) -> dict[str, Any]:
        """What is worth something has words; a worry says what it is about."""
        said = super().clean() or self.cleaned_data
        for each in self.asked:
            heard = said.get(f"heard_{each.pk}") or Heard.NOTHING.value
            if heard in NEEDS and not said.get(f"answer_{each.pk}"):
                self.add_error(f"answer_{each.pk}", _("Write what they said; without their words it is our guess."))
            if heard == Heard.CONCERN and not said.get(f"worry_{each.pk}"):
                self.add_error(f"worry_{each.pk}", _("Say what the worry is about."))
        return said

    def _answer(self, asked: PlanQuestion) -> Answer:
        said = self.cleaned_data
        return Answer(
            question=asked,
            words=said.get(f"answer_{asked.pk}", ""),
            heard=said.get(f"heard_{asked.pk}") or Heard.NOTHING.value,
            worry=said.get(f"worry_{asked.pk}", ""),
            was_asked=bool(said.get(f"asked_{asked.pk}")),
        )


def plan_of(request: HttpRequest, customer: Customer) -> CallPlan | None:
    """The plan the address names, if it is one of this customer still to be held; otherwise the log goes on without."""
    asked = as_uuid(request.GET.get("plan", ""))
    if asked is None:
        return None
    rows = CallPlan.objects.visible_to(person(request)).ahead().filter(customer=customer, uuid=asked)
    found: CallPlan | None = rows.select_related("customer", "opportunity__customer", "contact", "touch").first()
    return found


def planned_initial(plan: CallPlan | None) -> dict[str, Any]:
    """What the plan fills in: the goal, with whom; the day they do it is asked, not guessed."""
    if plan is None:
        return {}
    contact = str(plan.contact_id or "")
    return {
        "objective": plan.objective,
        "contacts": [contact] if contact else [],
        "commitment_what": plan.objective,
        "commitment_contact": contact,
    }
