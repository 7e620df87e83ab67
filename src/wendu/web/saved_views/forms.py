"""Forms about saved views: they read a dict; the rules are asked of the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.identity.choices import Role
from wendu.identity.models import Team, User
from wendu.saved_views.choices import Audience
from wendu.saved_views.errors import LONGEST_NAME
from wendu.saved_views.queries import teams_to_share_with


class NameForm(forms.Form):
    """What a view is called; how long a name may be is the action's to say."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class AudienceForm(forms.Form):
    """Who sees a view; only leaders are asked."""

    audience = forms.ChoiceField(
        label=_("Who sees it"), choices=Audience.choices, initial=Audience.PRIVATE, widget=forms.RadioSelect
    )
    team = forms.ModelChoiceField(label=_("Which team"), queryset=Team.objects.none(), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        teams = teams_to_share_with(user)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        if not teams.exists():
            del self.fields["team"]
            self.fields["audience"].choices = [  # type: ignore[attr-defined]
                choice for choice in Audience.choices if choice[0] != Audience.TEAM
            ]


class NewViewForm(AudienceForm):
    """A list gets a name and perhaps an audience."""

    name = NameForm.base_fields["name"]
    field_order = ("name", "audience", "team", "list")
    list = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, shares: bool, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        for name in () if shares else ("audience", "team"):
            self.fields.pop(name, None)


class RolesForm(forms.Form):
    """Whose table opens with a view."""

    roles = forms.MultipleChoiceField(
        label=_("The table opens with it for"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
