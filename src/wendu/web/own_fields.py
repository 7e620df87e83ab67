"""The company's own fields in forms: of a customer, a person or a deal, guarded like whatever else the form asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.customers.actions import typed_value
from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField
from wendu.desk.table.own_fields import own_options
from wendu.kernel.errors import ActionError
from wendu.web.guarded import GuardedForm
from wendu.web.touches.fields import DayField, day_box

OwnRows = Sequence[tuple[CustomField, str, str, Any]]
LONGEST, YES, NO = 500, "true", "false"


class AsksOwnFields(forms.Form):
    """A form that ends with the company's own fields; a code may be that of another field of the form."""

    before_code: ClassVar[str] = "own_"

    def __init__(self, *args: Any, rows: OwnRows, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = {f"{self.before_code}{field.code}": field for field, *_rest in rows}
        for field, label, _words, kept in rows:
            name = f"{self.before_code}{field.code}"
            self.fields[name] = form_field(field, label)
            self.initial[name] = shown_value(kept)

    def clean(self) -> dict[str, Any]:
        """Refuse at its field what is not of its type, before anything is written."""
        said = super().clean() or self.cleaned_data
        for name, field in self.asked.items():
            try:
                typed_value(field, said.get(name))
            except ActionError as refused:
                self.add_error(name, refused.text())
        return said

    def own(self) -> dict[CustomField, object]:
        """What was written into the own fields of a thing that is new."""
        return {field: said for name, field in self.asked.items() if (said := self.cleaned_data[name])}


class OwnFieldsForm(AsksOwnFields, GuardedForm):
    """The same about something that stands."""

    def own(self) -> dict[CustomField, object]:
        """The own fields that were changed, with what was written there."""
        changed = self.changed()
        return {field: self.cleaned_data[name] for name, field in self.asked.items() if name in changed}

    def _who(self, name: str) -> str:
        return super()._who(name.removeprefix(self.before_code) if name in self.asked else name)


class CustomForm(OwnFieldsForm):
    """The company's own fields of a customer, which have a form to themselves."""

    before_code = ""


def form_field(field: CustomField, label: str) -> forms.Field:
    """What asks for a value of this type."""
    if field.type == FieldType.CHOICE:
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *own_options(field).items()])
    if field.type == FieldType.FLAG:
        choices = [("", "—"), (YES, _("yes")), (NO, _("no"))]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    if field.type == FieldType.DATE:
        return DayField(label=label, required=False, widget=day_box())
    return forms.CharField(label=label, required=False, max_length=LONGEST)


def shown_value(kept: Any) -> Any:
    """What a field of the form shows of a kept value."""
    if isinstance(kept, bool):
        return YES if kept else NO
    return "" if kept is None else kept
