"""Forms about something that stands: two people may correct it at once, and neither overwrites the other unseen.

The form carries a print of every value it showed. What one left as it was is not written; what somebody else changed
meanwhile is written over only after one has seen it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.identity.models import User
from wendu.journal.queries import entries_about

BASE = "base"
LOOKED_BACK = 30


class GuardedForm(forms.Form):
    """A form that tells what was changed on it, and stops where somebody else changed the same.

    `stands` is the thing it is about, `reader` who fills it in. `kept_as` says under which name the journal keeps a
    field that has another one here. A form sent without prints says what shall stand, as it always did.
    """

    kept_as: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, stands: Model, reader: User, **options: Any) -> None:
        self.stands, self.reader = stands, reader  # before all else: a form may offer what stands
        super().__init__(*args, **options)
        self.fields[BASE] = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """The prints are made of what the other fields show."""
        if field_name != BASE:
            return super().get_initial_for_field(field, field_name)
        return _written({name: _print(self._standing(name)) for name in self._names()})

    def clean(self) -> dict[str, Any]:
        """Stop where one would write over what somebody else wrote meanwhile."""
        said = super().clean() or self.cleaned_data
        prints = self._prints()
        lost = [name for name in self.changed() if self._is_lost(name, prints)]
        if lost:
            data = {name: self[name].value() for name in self.fields}
            data[BASE] = _written({**prints, **{name: _print(self._standing(name)) for name in lost}})
            self.data = data  # sent once more, it is written knowingly
            for name in lost:
                self.add_error(name, self._told(name))
        return said

    def changed(self) -> set[str]:
        """The fields one wrote something else into than the form showed."""
        prints = self._prints()
        return {
            name
            for name in self._names()
            if _print(self[name].value()) != prints.get(name, _print(self._standing(name)))
        }

    def only_changed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Of values for a row, by their names there, those whose field was changed."""
        here = {there: name for name, there in self.kept_as.items()}
        changed = self.changed()
        return {name: value for name, value in values.items() if here.get(name, name) in changed}

    def _names(self) -> list[str]:
        return [name for name in self.fields if name != BASE]

    def _standing(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def _prints(self) -> dict[str, str]:
        sent = str(self.data.get(self.add_prefix(BASE), ""))
        pairs = (each.partition(":") for each in sent.split())
        return {name: found for name, _colon, found in pairs if name in self.fields}

    def _is_lost(self, name: str, prints: Mapping[str, str]) -> bool:
        stands = _print(self._standing(name))
        return name in prints and prints[name] != stands and _print(self[name].value()) != stands

    def _told(self, name: str) -> str:
        value = self._standing(name)
        shown = str(dict(_choices(self.fields[name])).get(value, _text(value)))
        words = {"who": self._who(self.kept_as.get(name, name)), "value": shown}
        if not shown:
            return _("%(who)s emptied this in the meantime. Save again to keep what you wrote.") % words
        return _("%(who)s wrote “%(value)s” here in the meantime. Save again to keep what you wrote.") % words

    def _who(self, name: str) -> str:
        """Who changed it last, as the journal knows."""
        for entry in entries_about(self.reader, self.stands)[:LOOKED_BACK]:
            if name in (entry.after or {}):
                return entry.actor.display_name if entry.actor else pgettext("journal", "Wendu itself")
        return _("Somebody")


def _choices(field: forms.Field) -> Iterable[tuple[Any, Any]]:
    return getattr(field, "choices", ())


def _written(prints: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{each}" for name, each in prints.items())


def _print(value: Any) -> str:
    return blake2b(_text(value).encode(), digest_size=6).hexdigest()


def _text(value: Any) -> str:
    """A value as its field carries it; an unticked box and an empty one are nothing."""
    if value is None or value is False:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()
