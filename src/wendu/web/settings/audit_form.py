"""How the audit log is narrowed."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.desk.audit_words import KINDS, THINGS, verb_words
from wendu.identity.models import Organisation, User
from wendu.journal.queries import Narrowing
from wendu.kernel.events import declared
from wendu.web.components.markup import format_html, format_html_join
from wendu.web.customers.forms import day

MACHINE = "machine"
SELECTED = SafeString(" selected")


class AuditForm(forms.Form):
    """Person, kind of record, what happened, and between which days."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("journal", "Kind of record"), required=False)
    verb = forms.ChoiceField(label=_("What happened"), required=False)
    since = day(_("From"))
    until = day(_("To"))

    def __init__(self, data: Any, *, people: list[User]) -> None:
        super().__init__(data, auto_id="audit_%s")
        self.users = {str(user.uuid): user for user in people}
        fields: dict[str, Any] = self.fields
        everybody = [("", _("Everybody")), (MACHINE, pgettext_lazy("journal", "Wendu itself"))]
        fields["person"].choices = [*everybody, *((key, user.display_name) for key, user in self.users.items())]
        fields["kind"].choices = [("", _("Every record")), *KINDS.items()]
        fields["verb"].choices = [("", _("Whatever happened")), *_verbs()]

    def clean(self) -> dict[str, Any]:
        """A stretch of days does not end before it begins."""
        said = self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("This day comes before the first one. Choose a later day."))
        return said

    def narrowing(self) -> Narrowing:
        """What is wanted, as far as it could be read."""
        said = self.cleaned_data
        user, zone = self.users.get(said.get("person", "")), ZoneInfo(Organisation.objects.current().time_zone)
        since, until = said.get("since"), said.get("until")
        return Narrowing(
            actor_id=user.pk if user else None,
            is_machine=said.get("person") == MACHINE,
            kind=said.get("kind", ""),
            verb=said.get("verb", ""),
            since=datetime.combine(since, time.min, zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
        )

    def asked(self) -> dict[str, str]:
        """The same as an address says it."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    def selects(self) -> list[tuple[str, Any, SafeString]]:
        """The choices with their options written out: a widget's own templates take a millisecond a dozen."""
        asked, fields = self.asked(), dict[str, Any](self.fields)
        return [
            (name, fields[name].label, _options(fields[name].choices, asked.get(name, "")))
            for name in ("person", "kind", "verb")
        ]


def _options(choices: Any, chosen: str) -> SafeString:
    rows = (
        format_html('<optgroup label="{}">{}</optgroup>', code, _options(words, chosen))
        if isinstance(words, list)
        else format_html('<option value="{}"{}>{}</option>', code, SELECTED if str(code) == chosen else "", words)
        for code, words in choices
    )
    return format_html_join("", "{}", ((row,) for row in rows))


def _verbs() -> list[tuple[Any, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for verb in declared():
        groups[verb.partition(".")[0]].append((verb, verb_words(verb)))
    return [(THINGS.get(thing, thing), rows) for thing, rows in groups.items()]
