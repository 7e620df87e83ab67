"""The form of a plan: what the talk is for, the problems, and the questions in their order."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.discovery.actions import PlanDraft, ProblemDraft, QuestionDraft
from wendu.discovery.actions.plans import MOST_PROBLEMS, MOST_QUESTIONS
from wendu.discovery.choices import QuestionKind
from wendu.web.customers.forms import day
from wendu.web.customers.forms import text as one_line
from wendu.web.opportunities.finding_fields import AmountField

UP, DOWN, OUT = "up", "down", "out"


class PlanFields(forms.Form):
    """What is asked once."""

    contact_id = forms.TypedChoiceField(label=_("Whom you speak to"), coerce=int, required=False, empty_value=None)
    asked_as = forms.ChoiceField(label=_("Asked as"), required=False)
    planned_on = day(_("When"))
    companion_id = forms.TypedChoiceField(label=_("Who comes along"), coerce=int, required=False, empty_value=None)
    idea = one_line(_("Your idea for them"), 300)
    objective = one_line(_("What they should do after it"), 200, required=True)
    objective_on = day(_("By when"), required=True)
    fallback = one_line(_("If that fails, the smaller step"), 200)
    message = one_line(_("The one thing to leave behind"), 300)
    mood = one_line(_("How to be with them"), 300)
    evidence = one_line(_("What to bring"), 300)


class ProblemLine(forms.Form):
    """A problem to speak about."""

    name = one_line(_("Problem to speak about"), 200)
    solution = one_line(_("What of ours solves it"), 200)
    cost_minor = AmountField(_("What it costs them a year"))
    code = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class QuestionLine(forms.Form):
    """One question."""

    kind = forms.ChoiceField(label=_("Kind"), choices=QuestionKind.choices, required=False)
    text = one_line(_("Question"), 300)
    problem = one_line(_("About which problem"), 200)
    is_look_up = forms.BooleanField(label=_("Look up before, do not ask"), required=False)
    source = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    why = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


ProblemLines = forms.formset_factory(ProblemLine, extra=1, absolute_max=MOST_PROBLEMS + 2, max_num=MOST_PROBLEMS + 1)
QuestionLines = forms.formset_factory(
    QuestionLine, extra=2, absolute_max=MOST_QUESTIONS + 4, max_num=MOST_QUESTIONS + 3
)


class PlanForm:
    """The fields, the problems and the questions of one plan, read together."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        draft: PlanDraft,
        people: Sequence[tuple[int, str]],
        audiences: Sequence[tuple[str, str]],
        colleagues: Sequence[tuple[int, str]],
        currency: str,
    ) -> None:
        names = PlanFields.base_fields
        self.fields = PlanFields(data, initial={name: getattr(draft, name) for name in names})
        self._offer("contact_id", [("", "—"), *people])
        self._offer("asked_as", [("", _("not known yet")), *audiences])
        self._offer("companion_id", [("", _("nobody")), *colleagues])
        problems = [
            {"name": each.name, "solution": each.solution, "cost_minor": each.cost_minor, "code": each.code}
            for each in draft.problems
        ]
        questions = [{name: getattr(each, name) for name in QuestionLine.base_fields} for each in draft.questions]
        self.problems = ProblemLines(data, prefix="problems", initial=None if data is not None else problems)
        self.questions = QuestionLines(data, prefix="questions", initial=None if data is not None else questions)
        for line in self.problems.forms:
            cost: Any = line.fields["cost_minor"]
            cost.currency = currency

    def is_valid(self) -> bool:
        """Whether everything can be read."""
        return bool(self.fields.is_valid() & self.problems.is_valid() & self.questions.is_valid())

    @property
    def draft(self) -> PlanDraft:
        """What was typed; a line without words is none."""
        problems = [line.cleaned_data for line in self.problems.forms if line.cleaned_data.get("name")]
        questions = [line.cleaned_data for line in self.questions.forms if line.cleaned_data.get("text")]
        return PlanDraft(
            **self.fields.cleaned_data,
            problems=tuple(ProblemDraft(**said) for said in problems),
            questions=tuple(QuestionDraft(**{**said, "kind": said.get("kind") or "S"}) for said in questions),
        )

    def moved(self, asked: str) -> PlanDraft:
        """The draft with one question moved by a step or taken out, as `up-3` asks; 3 counts the lines as shown."""
        draft, (way, _dash, place) = self.draft, asked.partition("-")
        shown = [number for number, line in enumerate(self.questions.forms) if line.cleaned_data.get("text")]
        if way not in (UP, DOWN, OUT) or not place.isdecimal() or int(place) not in shown:
            return draft
        questions, at = list(draft.questions), shown.index(int(place))
        taken = questions.pop(at)
        if way != OUT:
            questions.insert(max(0, at - 1) if way == UP else at + 1, taken)
        return PlanDraft(**{**_parts(draft), "questions": tuple(questions)})

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field: Any = self.fields.fields[name]
        field.choices = choices


def _parts(draft: PlanDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in PlanDraft.__dataclass_fields__}
