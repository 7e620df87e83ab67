"""What each deed needs to know, and the number typed where it cannot be overlooked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.bulk.choices import Deed
from wendu.bulk.models import Batch
from wendu.customers.queries import owner_choices, standing_fields
from wendu.desk.table.own_fields import own_label
from wendu.identity.models import User
from wendu.web.own_fields import form_field
from wendu.web.touches.fields import DayField, day_box


class NoneNeeded(forms.Form):
    """Deleting needs no more words."""


class ToWhom(forms.Form):
    """Whose customers they become."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("New owner"))


class WhichTag(forms.Form):
    """One tag for all of them."""

    tag = forms.CharField(label=_("Tag"), max_length=60)


class WhatStep(forms.Form):
    """One step with each of them."""

    do = forms.CharField(label=_("What is to be done"), max_length=500)
    on = DayField(label=_("Day"), widget=day_box())


class WhichField(forms.Form):
    """Which of the company's own fields; then, once it is known, what it shall say."""

    field = forms.ChoiceField(label=_("Own field"))

    def __init__(self, sent: Any = None) -> None:
        known = {each.code: each for each in standing_fields()}
        chosen = known.get((sent or {}).get("field", ""))
        asks_value = chosen is not None and "value" not in sent
        initial = {"field": chosen.code} if chosen is not None else {}
        super().__init__(None if asks_value else sent, initial=initial)
        self.fields["field"].choices = [(code, own_label(each)) for code, each in known.items()]  # type: ignore[attr-defined]
        if chosen is not None:
            self.fields["value"] = form_field(chosen, str(_("What it shall say; empty clears it")))


def form_of(batch: Batch, sent: Any = None) -> forms.Form:
    """The form of a deed; whoever may not give customers away chooses among nobody."""
    if batch.deed == Deed.FIELD:
        return WhichField(sent)
    forms_of: dict[str, type[forms.Form]] = {Deed.OWNER: ToWhom, Deed.TAG: WhichTag, Deed.STEP: WhatStep}
    form = forms_of.get(batch.deed, NoneNeeded)(sent)
    if "owner" in form.fields:
        choices = owner_choices(batch.actor).order_by("full_name", "pk")
        form.fields["owner"].queryset = choices  # type: ignore[attr-defined]
    return form
