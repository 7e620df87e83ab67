"""What a step is made of, as a form."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from wendu.customers.models import Customer
from wendu.identity.models import User, UserQuerySet
from wendu.web.touches.fields import DayField, day_box


class StepForm(forms.Form):
    """What, when, what for, and who does it: oneself or somebody else who works on the customer."""

    do = forms.CharField(label=gettext_lazy("What is to be done"), max_length=500)
    on = DayField(label=gettext_lazy("Day"), widget=day_box())
    objective = forms.CharField(label=gettext_lazy("What to get from it"), max_length=500, required=False)
    user = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Who does it"), empty_label=None)

    def __init__(self, *args: Any, people: UserQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


def people_for(actor: User, customer: Customer, doer: int | None = None) -> UserQuerySet:
    """Who may be given a step: oneself, the owner, who works on the customer beside, and who has it already."""
    beside = Q(pk__in=customer.collaborations.values("user"))
    found: UserQuerySet = User.objects.active().filter(Q(pk__in={actor.pk, customer.owner_id, doer} - {None}) | beside)
    return found.order_by("full_name", "pk")
