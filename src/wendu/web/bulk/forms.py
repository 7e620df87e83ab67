"""What each deed needs to know, and the number typed where it cannot be overlooked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.bulk.choices import Deed
from wendu.bulk.models import Batch
from wendu.customers.queries import owner_choices
from wendu.identity.models import User
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


def form_of(batch: Batch, sent: Any = None) -> forms.Form:
    """The form of a deed; whoever may not give customers away chooses among nobody."""
    forms_of: dict[str, type[forms.Form]] = {Deed.OWNER: ToWhom, Deed.TAG: WhichTag, Deed.STEP: WhatStep}
    form = forms_of.get(batch.deed, NoneNeeded)(sent)
    if "owner" in form.fields:
        choices = owner_choices(batch.actor).order_by("full_name", "pk")
        form.fields["owner"].queryset = choices  # type: ignore[attr-defined]
    return form
