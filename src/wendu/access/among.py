"""To whom of many customers an actor may do something, as one condition: `can` for a whole list at once."""

from typing import Any

from django.db.models import Model, Q

from wendu.access.querysets import collaborations_of
from wendu.access.scope import scope_of
from wendu.access.table import Relation
from wendu.access.verbs import grants_of

NOBODY = Q(pk__in=())


def permitted_among(actor: Any, verb: str, model: type[Model]) -> Q:
    """Keep, among customers the actor sees, those the table lets this be done to; the same answers as `can`."""
    scope = scope_of(actor)
    if scope.sees_nothing:
        return NOBODY
    found = NOBODY
    for grant in grants_of(verb):
        if grant.role is not None and actor.role != grant.role:
            continue
        if grant.relation in (Relation.ANY, Relation.VISIBLE):
            return Q()
        found |= _related(grant.relation, actor, model)
    return found


def _related(relation: Relation, actor: Any, model: type[Model]) -> Q:
    if relation is Relation.OWNER:
        return Q(owner_id=actor.pk)
    if relation is Relation.COLLABORATOR:
        return Q(pk__in=collaborations_of(actor.pk, model).values("customer_id"))
    return Q(team_id__in=scope_of(actor).team_ids) if relation is Relation.TEAM else NOBODY
