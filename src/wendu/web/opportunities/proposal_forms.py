"""Forms of a proposal; they read a dict, the rules are asked of the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.desk.proposals.words import SECTION_WORDS
from wendu.offers.choices import ProposalLanguage
from wendu.offers.models import Proposal
from wendu.web.customers.forms import day, text
from wendu.web.guarded import GuardedForm

LONGEST = 6000
ROWS = 16


class BeginForm(forms.Form):
    """How it is called and in which language it is written."""

    title = text(_("Title"), 200, required=True)
    language = forms.ChoiceField(label=_("Language"), choices=ProposalLanguage.choices)


class TitleForm(GuardedForm):
    """How it is called."""

    title = text(_("Title"), 200, required=True)

    def __init__(self, *args: Any, section: str, stands: Proposal, **options: Any) -> None:
        super().__init__(*args, stands=stands, initial={section: getattr(stands, section)}, **options)

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return {"title": self.cleaned_data["title"]}


class SectionForm(GuardedForm):
    """One section; the next step has a day."""

    def __init__(self, *args: Any, section: str, stands: Proposal, **options: Any) -> None:
        names = [section, "next_step_on"] if section == "next_step" else [section]
        initial = {name: getattr(stands, name) for name in names}
        super().__init__(*args, stands=stands, initial=initial, **options)
        self.names = names
        box = forms.Textarea(attrs={"rows": ROWS})
        self.fields[section] = forms.CharField(
            label=str(SECTION_WORDS[section]), required=False, max_length=LONGEST, widget=box
        )
        if section == "next_step":
            self.fields["next_step_on"] = day(_("By which day"))

    def values(self) -> dict[str, Any]:
        """What goes into the row."""
        return {name: self.cleaned_data[name] for name in self.names}


class SentForm(forms.Form):
    """When the customer got it."""

    sent_on = day(_("Sent on"), required=True)
