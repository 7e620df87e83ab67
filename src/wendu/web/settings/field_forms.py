"""Forms about the company's own fields: the words in both languages, and what can be chosen."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.models import CustomField
from wendu.web.customers.forms import text

LONGEST_CODE, MOST_OPTIONS, SPARE_LINES = 40, 200, 2


class OptionForm(forms.Form):
    """One thing to choose, in both languages; emptied, it is taken away."""

    code = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    zh = text(_("In Chinese"), 60)
    en = text(_("In English"), 60)


OptionForms = formset_factory(OptionForm, extra=SPARE_LINES, max_num=MOST_OPTIONS, absolute_max=MOST_OPTIONS)


class FieldForm(forms.Form):
    """What a field is called; whoever reads sees the words of the own language."""

    label_zh = text(_("Name in Chinese"), 60, required=True)
    label_en = text(_("Name in English"), 60, required=True)

    def __init__(
        self, data: Any = None, *, field: CustomField | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        kept_words = {"label_zh": field.label_zh, "label_en": field.label_en} if field else {}
        super().__init__(data, initial={**kept_words, **(initial or {})})
        kept = field.options if field and data is None else None  # what was sent is whole
        self.options = OptionForms(data, prefix="options", initial=kept)
        self.asks_for_options = field is None or field.type == FieldType.CHOICE

    def clean(self) -> dict[str, Any]:
        """Read the options, too."""
        if not self.asks_for_options:
            return {**self.cleaned_data, "options": None}
        if not self.options.is_valid():
            raise forms.ValidationError(_("An option is too long. Shorten it to 60 characters."))
        lines = [line.cleaned_data for line in self.options if line.cleaned_data]
        chosen = [_option(line) for line in lines if line["zh"] or line["en"]]
        return {**self.cleaned_data, "options": chosen}


class NewFieldForm(FieldForm):
    """A field that is defined; what it is about, its kind and its name for other programs never change."""

    field_order = ("about", "label_zh", "label_en", "type", "code")
    about = forms.ChoiceField(
        label=pgettext_lazy("field", "About"), choices=FieldAbout.choices, required=False, widget=forms.RadioSelect
    )

    type = forms.ChoiceField(
        label=pgettext_lazy("field", "Kind"),
        choices=FieldType.choices,
        initial=FieldType.TEXT,
        help_text=_("It stays as it is: values depend on it."),
    )
    code = forms.CharField(
        label=_("Name for import and export"),
        required=False,
        max_length=LONGEST_CODE,
        help_text=_("Letters, digits, - and _; empty: from the English name."),
    )

    def clean(self) -> dict[str, Any]:
        """Find a code where none was given."""
        said = super().clean()
        said["about"] = said.get("about") or FieldAbout.CUSTOMER
        said["code"] = said.get("code") or slugify(said.get("label_en", "")).replace("-", "_")[:LONGEST_CODE]
        return said


def _option(line: dict[str, str]) -> dict[str, str]:
    """An option whose words in one language stand for both where the other are missing."""
    zh, en = line["zh"] or line["en"], line["en"] or line["zh"]
    return {"code": line["code"] or slugify(en).replace("-", "_") or zh, "zh": zh, "en": en}
