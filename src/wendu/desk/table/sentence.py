"""A filter as a sentence: “A or B class, owner 张岚, no contact for 14 days”."""

from collections.abc import Callable

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from wendu.desk.table import fields
from wendu.desk.table.asked import Asked
from wendu.desk.table.fields import Field
from wendu.desk.table.labels import field_label
from wendu.desk.table.language import Condition, Group
from wendu.desk.table.names import Names
from wendu.desk.table.options import ME, NONE, options_of
from wendu.desk.table.own_fields import own_options
from wendu.kernel.errors import ActionError
from wendu.kernel.money import format_money, parse_amount

SHOWN_AT_MOST = 4


def sentence(asked: Asked, names: Names) -> str:
    """The whole filter in words; nothing if nothing is asked."""
    always = [told(condition, names) for condition in asked.always]
    groups = [group_words(group, names) for group in asked.filter.groups if group]
    either = _("; or ").join(groups)
    return pgettext("conditions", ", ").join(part for part in (*always, either) if part)


def group_words(group: Group, names: Names) -> str:
    """The conditions of a group in words: all of them hold."""
    return pgettext("conditions", ", ").join(told(condition, names) for condition in group)


def told(condition: Condition, names: Names) -> str:
    """One condition in words; one that cannot be understood is quoted as it stands."""
    field = names.field(condition.field)
    if field is None or condition.op not in field.ops:
        return f"{condition.field}.{condition.op}"
    label = field_label(field, names)
    if condition.op in {"last", "over", "within"}:
        return _days(field.code, condition, label)
    phrase = PHRASES.get((field.code, condition.op))
    shape = phrase() if phrase else _plain(condition.op)
    values = {"field": label, "values": _values(field, condition, names)}
    if condition.op == "between":
        values["low"], values["high"] = (_value(field, each, names) for each in (*condition.values, "", "")[:2])
    return shape % values


def _plain(op: str) -> str:
    words: dict[str, Callable[[], str]] = {
        "in": lambda: _("%(field)s %(values)s"),
        "not": lambda: _("%(field)s not %(values)s"),
        "known": lambda: _("%(field)s known"),
        "unknown": lambda: _("%(field)s unknown"),
        "from": lambda: _("%(field)s from %(values)s"),
        "to": lambda: _("%(field)s up to %(values)s"),
        "between": lambda: _("%(field)s %(low)s to %(high)s"),
        "since": lambda: _("%(field)s on %(values)s or later"),
        "until": lambda: _("%(field)s on %(values)s or earlier"),
        "past": lambda: _("%(field)s past"),
        "has": lambda: _("%(field)s contains “%(values)s”"),
        "yes": lambda: _("%(field)s: yes"),
        "no": lambda: _("%(field)s: no"),
    }
    return words[op]()


PHRASES: dict[tuple[str, str], Callable[[], str]] = {
    ("class", "in"): lambda: _("%(values)s class"),
    ("class", "not"): lambda: _("not %(values)s class"),
    ("class", "unknown"): lambda: _("unclassified"),
    ("class", "known"): lambda: _("classified"),
    ("status", "in"): lambda: pgettext("filter", "%(values)s"),
    ("status", "not"): lambda: _("not %(values)s"),
    ("alert", "in"): lambda: pgettext("filter", "%(values)s"),
    ("alert", "not"): lambda: _("not %(values)s"),
    ("stage", "in"): lambda: _("deal at %(values)s"),
    ("stage", "not"): lambda: _("no deal at %(values)s"),
    ("stage", "known"): lambda: _("with an open deal"),
    ("stage", "unknown"): lambda: _("without an open deal"),
    ("furthest", "in"): lambda: _("furthest deal at %(values)s"),
    ("furthest", "not"): lambda: _("furthest deal not at %(values)s"),
    ("furthest", "known"): lambda: _("with an open deal"),
    ("furthest", "unknown"): lambda: _("without an open deal"),
    ("heat", "from"): lambda: _("%(values)s or warmer"),
    ("heat", "to"): lambda: _("%(values)s or cooler"),
    ("heat", "between"): lambda: _("%(low)s to %(high)s warm"),
    ("heat", "unknown"): lambda: _("never contacted"),
    ("latest", "unknown"): lambda: _("never contacted"),
    ("latest", "known"): lambda: _("contacted before"),
    ("due", "past"): lambda: _("past due"),
    ("deadline", "past"): lambda: _("signing window over"),
    ("owner", "in"): lambda: _("owner %(values)s"),
    ("owner", "not"): lambda: _("owner not %(values)s"),
    ("team", "in"): lambda: _("team %(values)s"),
    ("owner", "unknown"): lambda: _("without an owner"),
    ("with", "in"): lambda: _("%(values)s works on it too"),
    ("with", "unknown"): lambda: _("nobody else works on it"),
    ("tag", "in"): lambda: _("tagged %(values)s"),
    ("tag", "not"): lambda: _("not tagged %(values)s"),
    ("tag", "unknown"): lambda: _("without a tag"),
    ("tag", "known"): lambda: _("with a tag"),
    ("text", "has"): lambda: _("found by “%(values)s”"),
}


def _days(code: str, condition: Condition, label: str) -> str:
    text = condition.values[0] if condition.values else ""
    n = int(text) if text.isascii() and text.isdigit() and len(text) < len("100000") else 0
    words = {
        ("latest", "over"): ngettext("no contact for %(n)s day", "no contact for %(n)s days", n),
        ("latest", "last"): ngettext("contact in the last %(n)s day", "contact in the last %(n)s days", n),
        ("ordered", "over"): ngettext("no order for %(n)s day", "no order for %(n)s days", n),
        ("ordered", "last"): ngettext("ordered in the last %(n)s day", "ordered in the last %(n)s days", n),
        ("due", "within"): ngettext("due within %(n)s day", "due within %(n)s days", n),
        ("due", "over"): ngettext("due %(n)s day ago or earlier", "due %(n)s days ago or earlier", n),
        ("deadline", "within"): ngettext("window ends within %(n)s day", "window ends within %(n)s days", n),
        ("since", "over"): ngettext("%(n)s day in its class or longer", "%(n)s days in its class or longer", n),
        ("created", "last"): ngettext("taken up in the last %(n)s day", "taken up in the last %(n)s days", n),
    }
    usual = {
        "over": ngettext("%(field)s %(n)s day ago or earlier", "%(field)s %(n)s days ago or earlier", n),
        "last": ngettext("%(field)s in the last %(n)s day", "%(field)s in the last %(n)s days", n),
        "within": ngettext("%(field)s within %(n)s day", "%(field)s within %(n)s days", n),
    }
    return words.get((code, condition.op), usual[condition.op]) % {"n": text, "field": label}


def _values(field: Field, condition: Condition, names: Names) -> str:
    told_ = [_value(field, value, names) for value in condition.values]
    more = len(told_) - SHOWN_AT_MOST
    if more > 0:
        told_ = [*told_[:SHOWN_AT_MOST], ngettext("%(n)s more", "%(n)s more", more) % {"n": more}]
    return _(" or ").join(told_)


def _value(field: Field, value: str, names: Names) -> str:
    if field.kind in _NAMED:
        return _NAMED[field.kind](value, names)
    if field.is_own and field.kind == fields.CHOICE:
        return own_options(names.own[field.path]).get(value, value)
    return options_of(field.code, names.frame).get(value, value)


def _tag(value: str, names: Names) -> str:
    return _("“%(tag)s”") % {"tag": names.tags[value][1]} if value in names.tags else _("a tag you do not see")


def _person(value: str, names: Names) -> str:
    if value == ME:
        return _("me")
    if value == NONE:
        return pgettext("owner", "nobody")
    return names.people.get(value, (0, _("somebody you do not see")))[1]


def _money(value: str, names: Names) -> str:
    try:
        minor = parse_amount(value, names.frame.currency)
    except ActionError:
        return value
    return format_money(minor, names.frame.currency, get_language() or "", short=True)


_NAMED: dict[str, Callable[[str, Names], str]] = {
    fields.PEOPLE: _person,
    fields.TEAM: lambda value, names: names.teams.get(value, ((), _("a team you do not see")))[1],
    fields.TAG: _tag,
    fields.HEAT: lambda value, _names: f"{value.rstrip('°')}°",
    fields.MONEY: _money,
}
