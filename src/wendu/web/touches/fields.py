"""The fields of the log form, and the choices they offer for one customer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.touches.choices import QuietReason, TouchKind, TouchOutcome

FIRST_KINDS = ("phone", "visit", "online_meeting", "message", "demo", "negotiation", "care")
MORE_KINDS = tuple(kind for kind in TouchKind.values if kind not in FIRST_KINDS)
KIND_WORDS = {
    "phone": pgettext_lazy("touch chip", "Phone"),
    "visit": pgettext_lazy("touch chip", "Visit"),
    "online_meeting": pgettext_lazy("touch chip", "Online"),
    "message": pgettext_lazy("touch chip", "WeChat"),
    "demo": pgettext_lazy("touch chip", "Demo"),
    "negotiation": pgettext_lazy("touch chip", "Negotiate"),
    "care": pgettext_lazy("touch chip", "Care"),
    "service": pgettext_lazy("touch chip", "Service"),
    "event": pgettext_lazy("touch chip", "Event"),
    "article": pgettext_lazy("touch chip", "Article"),
    "mass_message": pgettext_lazy("touch chip", "Mass mail"),
}
OUTCOMES = (
    (TouchOutcome.ORDER.value, pgettext_lazy("outcome chip", "Signed")),
    (TouchOutcome.ADVANCE.value, pgettext_lazy("outcome chip", "Advance")),
    (TouchOutcome.CONTINUATION.value, pgettext_lazy("outcome chip", "To go on")),
    (TouchOutcome.NO_SALE.value, pgettext_lazy("outcome chip", "Refused")),
    (TouchOutcome.NONE.value, pgettext_lazy("outcome chip", "Just in touch")),
)
REFUSALS = (
    ("purchase", pgettext_lazy("refusal chip", "The purchase itself")),
    ("objective", pgettext_lazy("refusal chip", "Only what I asked for")),
)
LEVELS = (
    ("2", pgettext_lazy("feeling", "Little")),
    ("5", pgettext_lazy("feeling", "Medium")),
    ("8", pgettext_lazy("feeling", "Much")),
)
WAYS = (("yes", pgettext_lazy("two-way", "They answered")), ("no", pgettext_lazy("two-way", "One way only")))
STARTERS = (("us", pgettext_lazy("who started", "We did")), ("them", pgettext_lazy("who started", "They did")))
NEWS = (("yes", pgettext_lazy("news", "Something new")), ("no", pgettext_lazy("news", "Nothing new")))
ANSWERS = (
    ("0", pgettext_lazy("answer", "No")),
    ("1", pgettext_lazy("answer", "Some")),
    ("2", pgettext_lazy("answer", "Clear")),
)
OTHER_DAY = "other"


def radio(label: Any, choices: Iterable[tuple[str, Any]], *, required: bool = False) -> forms.ChoiceField:
    """One of several chips."""
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=forms.RadioSelect)


class DayField(forms.DateField):
    """A day within living memory or within reach; beyond that the calendar itself ends."""

    default_validators = [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(2099, 12, 31))]


def day(label: Any) -> forms.DateField:
    """A day, not needed."""
    return DayField(label=label, required=False, widget=day_box())


def day_box() -> forms.DateInput:
    """The date box of the browser, which reads one way of writing only."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def line(label: Any, limit: int) -> forms.CharField:
    """A short text, not needed; its length is judged by the log itself."""
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"maxlength": limit}))


class PlainFields(forms.Form):
    """What is asked about every touch, whoever the customer is."""

    kind = radio(_("How"), [(kind, KIND_WORDS[kind]) for kind in (*FIRST_KINDS, *MORE_KINDS)], required=True)
    outcome = radio(_("Outcome"), OUTCOMES)
    refusal = radio(_("What was refused"), REFUSALS)
    commitment_what = line(_("Does what"), 200)
    commitment_on = day(_("By when"))
    order_title = line(_("What was ordered"), 200)
    order_amount = line(_("Amount"), 40)
    newcomer_name = line(_("Name of the person"), 100)
    newcomer_job = line(_("Job"), 100)
    note = forms.CharField(
        label=_("What you heard"), required=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 20000})
    )
    benefit = radio(_("What they got (ease, hope)"), LEVELS)
    cost = radio(_("What it cost them (worry, effort)"), LEVELS)
    other_day = day(_("Another day"))
    value_note = line(_("Value you brought this time"), 300)
    two_way = radio(_("Did they answer"), WAYS)
    started_by = radio(_("Who started it"), STARTERS)
    news = radio(_("Learnt anything"), NEWS)
    touched_on = DayField(label=_("Day"), widget=day_box())
    objective = line(_("What you wanted to get"), 200)
    guess = forms.IntegerField(label=_("Your feeling, 0 to 100"), required=False)
    quiet_from = day(_("From"))
    quiet_until = day(_("To"))
    quiet_reason = forms.ChoiceField(label=_("Why"), required=False, choices=QuietReason.choices)
    quiet_note = line(_("Note"), 200)
