"""The boxes in which findings are written down."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError
from wendu.kernel.money import Money, parse_amount

YES_NO = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
SAID = {"yes": True, "no": False}
WORDS = {True: "yes", False: "no"}
TOP = 10


def rated(label: Any) -> forms.IntegerField:
    """A rating of 0 to 10; empty is unknown."""
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=TOP)


def one_to_five(label: Any) -> forms.TypedChoiceField:
    """Weight, importance, severity."""
    return forms.TypedChoiceField(label=label, coerce=int, choices=[(n, str(n)) for n in range(1, 6)], initial=3)


class KnownOrNot(forms.TypedChoiceField):
    """Yes, no, or nobody knows."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, choices=YES_NO, coerce=SAID.__getitem__, empty_value=None)

    def prepare_value(self, value: Any) -> Any:
        """Show what stands by its word."""
        return WORDS.get(value, value) if isinstance(value, bool) else value


def one_of(label: Any, choices: Any, *, or_none: bool = False, initial: str | None = None) -> forms.ChoiceField:
    """One of the symbols of a room."""
    listed = [("", "—"), *choices.choices] if or_none else choices.choices
    return forms.ChoiceField(label=label, choices=listed, required=not or_none, initial=initial)


class AmountField(forms.CharField):
    """An amount as people write it, in the currency of the deal; empty is unknown. The value is in minor units."""

    currency = "CNY"

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, max_length=40)

    def clean(self, value: Any) -> Any:
        """Read 12,800, 1.28万 or 3.5k."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return parse_amount(words, self.currency)
        except ActionError as wrong:
            raise forms.ValidationError(wrong.text()) from wrong

    def prepare_value(self, value: Any) -> Any:
        """Show what stands without its currency."""
        return str(Money(value, self.currency).amount) if isinstance(value, int) else value


class ScoresField(forms.CharField):
    """What each rival scores, as `name 7, other 5`; the value is a score by name."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, max_length=300, help_text=_("like: Haichuan 7, Jinhui 5"))

    def clean(self, value: Any) -> Any:
        """Read the pairs; a name without a score says how to write it."""
        words = super().clean(value).replace("，", ",").replace("、", ",").replace("；", ",")
        found: dict[str, int] = {}
        for part in filter(None, (each.strip() for each in words.split(","))):
            name, _space, score = part.rpartition(" ")
            if not name.strip() or not score.isdecimal() or int(score) > TOP:
                raise forms.ValidationError(
                    _("Write each rival with a score of 0 to 10, like “Haichuan 7, Jinhui 5”; “%(part)s” is not."),
                    params={"part": part},
                )
            found[name.strip()] = int(score)
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show the scores as they are written."""
        if isinstance(value, Mapping):
            return ", ".join(f"{name} {score:g}" for name, score in value.items())
        return value


def percent(label: Any) -> forms.DecimalField:
    """A share of a hundred, two decimals at most; empty is nothing."""
    return forms.DecimalField(label=label, required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2)
