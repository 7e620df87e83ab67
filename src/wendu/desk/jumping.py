"""Going somewhere in a long list: to a name, a day, an amount, a temperature."""

from django.utils.translation import gettext as _

LONGEST_JUMP = 80
HEAT, NAME = "heat", "name"
DAYS = frozenset({"due", "deadline", "latest", "since", "created", "day"})
NUMBERS = frozenset({"amount", "number"})


def jump_words(order: str) -> str:
    """What can be typed to go somewhere in a list that stands in this order."""
    if order == HEAT:
        return _("To a temperature, such as 60")
    if order in DAYS:
        return _("To a day, such as 2026-03-31")
    if order == "option":
        return _("To one of the options")
    return _("To a number, such as 500000") if order in NUMBERS else _("To a beginning, such as 宁波")


def no_such_place(typed: str) -> str:
    """What was typed lies nowhere in this order."""
    return _("“%(typed)s” is no place in this order. Type what the list is sorted by.") % {"typed": typed}
