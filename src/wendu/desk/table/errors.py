"""What can be wrong about a filter, each with the way to mend it."""

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError


class BadFilter(ActionError):
    """Something was asked that cannot be answered; the list shows nobody rather than too many."""

    code = "bad_filter"


class FilterUnreadable(BadFilter):
    code = "filter_unreadable"
    message = _("“%(part)s” cannot be read as a filter. Take it out, or choose the filter anew.")


class FilterTooLong(BadFilter):
    code = "filter_too_long"
    message = _("This filter is too long. Keep to 8 groups of 12 conditions and 50 values each.")


class FieldUnknown(BadFilter):
    code = "field_unknown"
    message = _("There is no field “%(field)s” to filter by. Choose another one.")


class ComparisonUnknown(BadFilter):
    code = "comparison_unknown"
    message = _("“%(field)s” cannot be compared that way (%(op)s). Choose another comparison.")


class ValueMissing(BadFilter):
    code = "value_missing"
    message = _("Say what “%(field)s” is compared with.")


class NoNumber(BadFilter):
    code = "no_number"
    message = _("“%(value)s” is no number for “%(field)s”. Write one such as 60.")


class NoDay(BadFilter):
    code = "no_day"
    message = _("“%(value)s” is no day for “%(field)s”. Write it like 2026-03-31.")


class NoDays(BadFilter):
    code = "no_days"
    message = _("“%(value)s” is no number of days for “%(field)s”. Write a whole number from 0 to 3650.")


class NotOffered(BadFilter):
    code = "not_offered"
    message = _("“%(value)s” cannot be chosen for “%(field)s”. Choose one that is offered.")
