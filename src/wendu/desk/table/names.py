"""Who and what the values of a filter name, looked up once; what one may not see has no name and matches nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from wendu.access.scope import people_in_scope, scope_of
from wendu.coach.frame import Frame
from wendu.customers.models import Collaborator, Customer, CustomField, Tag
from wendu.customers.queries import standing_fields
from wendu.desk.table.fields import FIELDS, OWN, PEOPLE, TAG, TEAM, Field
from wendu.desk.table.language import Condition
from wendu.desk.table.options import ME, NONE
from wendu.desk.table.own_fields import own_field
from wendu.identity.models import Team, User, UserQuerySet


@dataclass(slots=True)
class Names:
    """Keys and names behind the values of the conditions of one list."""

    user: User
    frame: Frame
    people: dict[str, tuple[int, str]] = field(default_factory=dict)
    teams: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)
    tags: dict[str, tuple[int, str]] = field(default_factory=dict)
    own: dict[str, CustomField] = field(default_factory=dict)

    def field(self, code: str) -> Field | None:
        """The field a condition or a column speaks of, the company's own ones included."""
        if code.startswith(OWN):
            known = self.own.get(code.removeprefix(OWN))
            return own_field(known) if known else None
        return FIELDS.get(code)


def names_for(user: User, frame: Frame, conditions: Iterable[Condition], own_codes: Iterable[str] = ()) -> Names:
    """Look up what the conditions name: at most one query each for people, teams, tags and own fields."""
    asked = list(conditions)
    names = Names(user, frame)
    if own_codes or any(condition.field.startswith(OWN) for condition in asked):
        names.own = {row.code: row for row in standing_fields()}
    by_kind: dict[str, set[UUID]] = {PEOPLE: set(), TEAM: set(), TAG: set()}
    for condition in asked:
        known = FIELDS.get(condition.field)
        if known is not None and known.kind in by_kind:
            by_kind[known.kind].update(filter(None, map(uuid_of, condition.values)))
    if by_kind[PEOPLE]:
        found = nameable_people(user).filter(uuid__in=by_kind[PEOPLE])
        names.people = {str(each.uuid): (each.pk, each.display_name) for each in found}
    if by_kind[TEAM]:
        names.teams = _teams(user, by_kind[TEAM])
    if by_kind[TAG]:
        names.tags = {str(tag.uuid): (tag.pk, tag.name) for tag in nameable_tags(user, by_kind[TAG])}
    return names


def nameable_people(user: User) -> UserQuerySet:
    """Whose customers one may see: the people in scope, and the owners of customers one works on with them."""
    shared = Collaborator.objects.filter(user=user).values("customer_id")
    owners = Customer.objects.visible_to(user).filter(pk__in=shared).values("owner_id")
    return User.objects.filter(Q(pk__in=people_in_scope(user).values("pk")) | Q(pk__in=owners))


def nameable_tags(user: User, uuids: Iterable[UUID]) -> list[Tag]:
    """Tags that stand on a customer one sees."""
    tags = Tag.objects.filter(uuid__in=uuids)
    if scope_of(user).sees_all:
        return list(tags)
    seen = Customer.objects.visible_to(user).filter(taggings__tag__uuid__in=uuids)
    return list(tags.filter(pk__in=seen.values("taggings__tag_id")))


def uuid_of(text: str) -> UUID | None:
    """Read the name of a thing; none for words such as `me`."""
    if text in {ME, NONE}:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None


def _teams(user: User, uuids: set[UUID]) -> dict[str, tuple[tuple[int, ...], str]]:
    """Teams in scope, each with all below it."""
    scope = scope_of(user)
    tree = list(Team.objects.order_by("path"))
    seen = tree if scope.sees_all else [team for team in tree if team.pk in scope.team_ids]
    return {
        str(team.uuid): (tuple(each.pk for each in tree if each.path.startswith(team.path)), team.name)
        for team in seen
        if team.uuid in uuids
    }
