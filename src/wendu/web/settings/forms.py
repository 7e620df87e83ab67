"""Forms about the house: they read a dict; the rules are asked of the actions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.desk.days import weekday_names
from wendu.identity.actions.organisation import FASTEST, PACE
from wendu.identity.choices import HouseLanguage, Language, Role
from wendu.identity.models import Organisation, Team, User
from wendu.web.customers.forms import day, text
from wendu.web.settings import choices

ALL_DAYS = "1234567"
STEP = "\u2003"  # as wide as a Chinese character


class Seen(forms.Form):
    """A form that knows which state of the row its editor looked at."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def pace(label: Any, help_text: Any) -> forms.IntegerField:
    """How much of something a person may ask for."""
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=FASTEST)


class OrganisationForm(Seen):
    """The settings every day and amount is judged by."""

    name = text(_("Name"), 200, required=True)
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Days begin and end by it."))
    currency = forms.ChoiceField(
        label=_("Currency"), help_text=_("New amounts are in it, and sums count only what is in it.")
    )
    working_days = forms.MultipleChoiceField(
        label=_("Working week"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Next days that are offered fall on these. Other days do not stop a clock; days off do."),
    )
    calendar_code = forms.ChoiceField(
        label=_("Public days off"),
        required=False,
        help_text=_("Whose holidays stop the clocks. Another choice holds from today on; the past stays as it was."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=HouseLanguage.choices,
        widget=forms.RadioSelect,
        help_text=_("Of new colleagues and of mails; everybody can choose another one."),
    )

    asks_a_minute = pace(_("Searches and lists a minute"), _("Of one person; 0 means as many as one likes."))
    jobs_a_minute = pace(_("Large work a minute"), _("Exports, imports and the like one person begins; 0: any number."))
    jobs_at_once = pace(_("Large work at once"), _("So many of one person wait or run at a time; 0: any number."))

    def __init__(self, *args: Any, house: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self._house = house
        fields: dict[str, Any] = self.fields
        fields["time_zone"].choices = choices.time_zones(house.time_zone)
        fields["currency"].choices = choices.currencies(house.currency)
        fields["calendar_code"].choices = [("", _("none")), *choices.calendars()]
        fields["working_days"].choices = list(zip(ALL_DAYS, weekday_names(), strict=True))

    @classmethod
    def of(cls, house: Organisation, data: Any = None) -> "OrganisationForm":
        """The form filled with what stands."""
        kept = ("name", "time_zone", "currency", "calendar_code", "language", *PACE)
        initial = {**{name: getattr(house, name) for name in kept}, "working_days": list(house.working_days)}
        return cls(data, house=house, initial={**initial, "seen": house.revision})

    def clean(self) -> dict[str, Any]:
        """A bound that is left empty stays what it was."""
        said: dict[str, Any] = self.cleaned_data
        stands = {name: getattr(self._house, name) for name in PACE if name in said and said[name] is None}
        return said | stands

    def clean_working_days(self) -> str:
        """The weekdays as one word."""
        return "".join(self.cleaned_data["working_days"])


class HolidayForm(forms.Form):
    """One day off of the firm's own."""

    day = day(_("Day"), required=True)
    name = text(_("What for"), 100, required=True)


class TeamForm(forms.Form):
    """What a team is called, and below which it hangs."""

    name = text(_("Name"), 100, required=True)
    parent = forms.ModelChoiceField(
        Team.objects.none(), label=_("Below"), required=False, empty_label=pgettext_lazy("team", "at the top")
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["parent"]
        field.queryset, field.label_from_instance = teams, indented


class KnownTeamForm(TeamForm, Seen):
    """The same of a team that stands."""


class PersonForm(Seen):
    """Who somebody is, and what the person does here."""

    full_name = text(_("Full name"), 150)
    email = forms.CharField(label=_("E-mail"), required=False, max_length=254)
    phone = text(_("Phone"), 40)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=pgettext_lazy("team", "none")
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, required=False)
    daily_capacity = forms.IntegerField(
        label=_("Steps a day"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("How many customers a day's plan may hold; empty: as the playbook says."),
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["team"]
        field.queryset, field.label_from_instance = teams, indented

    @classmethod
    def of(cls, user: User, teams: QuerySet[Team], data: Any = None) -> "PersonForm":
        """The form filled with what stands."""
        kept = ("full_name", "email", "phone", "role", "language", "daily_capacity")
        initial = {**{name: getattr(user, name) for name in kept}, "team": user.team_id, "seen": user.revision}
        return cls(data, teams=teams, initial=initial)


class NewPersonForm(PersonForm):
    """A new colleague; without a password a link lets the person choose one."""

    username = text(_("User name"), 150, required=True)
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Empty: Wendu makes a link by which the person chooses one."),
    )
    field_order = ("username", "full_name", "role", "team", "email", "phone", "language", "password")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["daily_capacity"], self.fields["seen"]


class PasswordForm(forms.Form):
    """A password somebody else chooses for a colleague."""

    password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. Hand it over in person; all other sessions of the person end."),
    )


def indented(team: Team) -> str:
    """A team as deep in a list as it hangs in the tree."""
    return STEP * (team.depth - 1) + team.name
