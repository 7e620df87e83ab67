"""The form in which a customer's answer is written down."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.care.models import MOST_POINTS, MOST_WEIGHT
from wendu.customers.models import Contact
from wendu.web.customers.forms import day, text
from wendu.web.guarded import GuardedForm


def _points(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_POINTS)


class AnswerForm(forms.Form):
    """What they counted on, how it was, and who said so."""

    experience = _points(_("How was it? 0 to 10"))
    expectation = _points(_("What did they count on? 0 to 10"))
    about = text(_("About what; empty: all they got"), 100)
    weight = forms.IntegerField(
        label=_("How much it matters to them, 1 to 5"), min_value=1, max_value=MOST_WEIGHT, initial=1
    )
    contact = forms.TypedChoiceField(label=_("Who told it"), coerce=int, required=False, empty_value=None)
    told_on = day(_("Told on"), required=True)
    note = text(_("In their words"), 300)

    def __init__(self, *args: Any, people: Sequence[Contact], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {each.pk: each for each in people}
        who: Any = self.fields["contact"]
        who.choices = [("", "—"), *((each.pk, each.name) for each in people)]

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        said = {name: self.cleaned_data[name] for name in AnswerForm.base_fields}
        return {**said, "contact": self.people.get(said["contact"])}


class EditAnswerForm(GuardedForm, AnswerForm):
    """The same of an answer that stands."""
