"""What one can choose from where a filter is composed: people, teams and tags one may see, codes in words."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from wendu.access.scope import scope_of
from wendu.customers.models import Customer, Tag, Tagging
from wendu.customers.queries import standing_fields
from wendu.desk.table import fields
from wendu.desk.table.fields import FIELDS, GROUPS, Field
from wendu.desk.table.labels import field_label, group_labels
from wendu.desk.table.names import Names, nameable_people
from wendu.desk.table.op_words import op_label
from wendu.desk.table.options import ME, NONE, options_of
from wendu.desk.table.own_fields import own_field, own_label, own_options
from wendu.identity.models import Team, User

AT_MOST = 200
CHOSEN = frozenset({fields.CHOICE, fields.PEOPLE, fields.TEAM, fields.TAG, fields.ALERT, fields.WINDOW, fields.STAGE})
Pairs = list[tuple[str, str]]


def field_choices(names: Names) -> list[tuple[str, Pairs]]:
    """The fields one can filter by, grouped as one thinks of them; the company's own at the end."""
    words = group_labels()
    shown = [
        (words[name], [(code, field_label(FIELDS[code], names)) for code in codes]) for name, codes in GROUPS.items()
    ]
    own = [(own_field(row).code, own_label(row)) for row in standing_fields()]
    return [*shown, (words["own"], own)] if own else shown


def op_choices(field: Field) -> Pairs:
    """How a field can be compared."""
    return [(op, op_label(field.code if not field.is_own else "", op)) for op in field.ops]


def value_choices(field: Field, user: User, names: Names) -> Pairs:
    """What a field can be compared with; nothing for what is typed."""
    if field.kind == fields.PEOPLE:
        return _people(field, user)
    if field.kind == fields.TEAM:
        return _teams(user)
    if field.kind == fields.TAG:
        return [(str(tag.uuid), tag.name) for tag in tags_seen(user)]
    if field.is_own:
        return list(own_options(names.own[field.path]).items()) if field.kind == fields.CHOICE else []
    return list(options_of(field.code, names.frame).items())


def tags_seen(user: User) -> Iterable[Tag]:
    """The tags that stand on a customer one sees, by name."""
    on = Tagging.objects.filter(tag=OuterRef("pk"))
    if not scope_of(user).sees_all:
        on = on.filter(customer__in=Customer.objects.visible_to(user))
    return Tag.objects.filter(Exists(on)).order_by("name", "pk")[:AT_MOST]


def _people(field: Field, user: User) -> Pairs:
    found = nameable_people(user).active().order_by("full_name", "username", "pk")
    rows = found.values_list("uuid", "full_name", "username")[:AT_MOST]
    named = [(str(uuid), full_name or username) for uuid, full_name, username in rows]
    return [(ME, _("me")), *([(NONE, _("without an owner"))] if field.path else []), *named]


def _teams(user: User) -> Pairs:
    scope = scope_of(user)
    teams = (
        Team.objects.order_by("path") if scope.sees_all else Team.objects.filter(pk__in=scope.team_ids).order_by("path")
    )
    return [(str(team.uuid), team.name) for team in teams[:AT_MOST]]
