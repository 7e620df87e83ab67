"""What a proposal says by itself, in the language it is written in."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from wendu.kernel.money import format_money

SECTION_WORDS: Mapping[str, Promise] = {
    "situation": pgettext_lazy("proposal", "Where you stand"),
    "needs": pgettext_lazy("proposal", "What you need"),
    "solution": pgettext_lazy("proposal", "Our solution"),
    "benefits": pgettext_lazy("proposal", "What you gain"),
    "evidence": pgettext_lazy("proposal", "Evidence"),
    "implementation": pgettext_lazy("proposal", "Implementation and safeguards"),
    "price": pgettext_lazy("proposal", "Price and terms"),
    "next_step": pgettext_lazy("proposal", "Next step"),
}
HINTS: Mapping[str, Promise] = {
    "situation": pgettext_lazy("proposal hint", "Note what they gain: which problem costs whom what."),
    "needs": pgettext_lazy("proposal hint", "Note a need, have it said in their words, and confirmed."),
    "solution": pgettext_lazy("proposal hint", "Use a solution of the library, or note what solves each problem."),
    "benefits": pgettext_lazy("proposal hint", "Link a benefit of the firm to a need and prove it; note the money."),
    "evidence": pgettext_lazy("proposal hint", "Note what proves the benefits; a case of the library helps."),
    "implementation": pgettext_lazy("proposal hint", "Answer what they fear about change and time."),
    "price": pgettext_lazy("proposal hint", "Enter the amount as agreed, not as an estimate, and the terms."),
    "next_step": pgettext_lazy("proposal hint", "Agree with them who does what by which day."),
}
WHOSE: Mapping[str, Promise] = {
    "customers": pgettext_lazy("proposal", "Your customers"),
    "rivals": pgettext_lazy("proposal", "Your market"),
    "self": pgettext_lazy("proposal", "Your own operation"),
}


def money(minor: int, currency: str, language: str) -> str:
    """An amount in full, as it stands in an offer."""
    return format_money(minor, currency, language)


def written_day(day: date, language: str) -> str:
    """A day in full."""
    return format_date(day, "long", locale="zh_CN" if language.startswith("zh") else "en_GB")
