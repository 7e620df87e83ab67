"""`permit`: asked first in every action, answered from one table, denied before anything is written."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from wendu.access.querysets import VisibleQuerySet, collaborations_of
from wendu.access.scope import scope_of
from wendu.access.table import GRANT_WORDS, VERBS, Grant, Relation
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.kernel.errors import Denied


class UnknownVerb(LookupError):
    """A verb that is not in the table was asked for: a programming error."""


def permit(actor: Any, verb: str, obj: object = None) -> None:
    """Refuse with `Denied` unless the table lets this actor do this to this thing.

    `obj` is the customer, anything about a customer (a class with a `customer_path` or a `customer`), or the user,
    team, job or step itself. `actor=None` is the system itself (ticks, set-up on the command line); a visitor who is
    not logged in is somebody else and is refused.
    """
    grants = grants_of(verb)
    if actor is None:
        return
    if not can(actor, verb, obj):
        raise Denied(who=_who_can_when_read(grants), verb=verb)


def can(actor: Any, verb: str, obj: object = None) -> bool:
    """Tell whether the actor may, for screens that offer only what can be done."""
    grants = grants_of(verb)
    if scope_of(actor).sees_nothing:
        return False
    return any(_holds(grant, actor, obj) for grant in grants)


def can_about(actor: Any, verb: str, customers: Iterable[Any]) -> set[int]:
    """The keys of those customers about whom the actor may do this, for screens with many of them (one query)."""
    grants, listed = grants_of(verb), {each.pk: each for each in customers}
    if scope_of(actor).sees_nothing or not listed:
        return set()
    at_once = [grant for grant in grants if grant.relation is not Relation.COLLABORATOR]
    found = {pk for pk, each in listed.items() if any(_holds(grant, actor, each) for grant in at_once)}
    shared = [each for each in grants if each.relation is Relation.COLLABORATOR and each.role in (None, actor.role)]
    if shared and len(found) < len(listed):
        among = collaborations_of(actor.pk, type(next(iter(listed.values()))))
        found |= set(among.filter(customer_id__in=listed).values_list("customer_id", flat=True))
    return found


def grants_of(verb: str) -> tuple[Grant, ...]:
    """Look a verb up."""
    try:
        return VERBS[verb]
    except KeyError:
        raise UnknownVerb(verb) from None


def who_can(grants: tuple[Grant, ...]) -> str:
    """Say in words who may, for the refusal."""
    words = [str(GRANT_WORDS[grant.relation] if grant.role is None else Role(grant.role).label) for grant in grants]
    return str(_(", ")).join(dict.fromkeys(words)) or str(_("nobody"))


def customer_of(obj: object) -> Any:
    """Find the customer a thing is about: itself, along its `customer_path`, by its `customer` or its `opportunity`."""
    if not isinstance(obj, Model):
        return None
    rows = type(obj)._default_manager.all()  # an unevaluated queryset, only asked for its path
    if isinstance(rows, VisibleQuerySet):
        found: Any = obj
        for name in rows.customer_path.split("__"):
            found = getattr(found, name) if name else found
        return found
    return getattr(obj, "customer", None) or customer_of(getattr(obj, "opportunity", None))


_who_can_when_read = lazy(who_can, str)  # in the language of who reads the refusal, not of who caused it


def _holds(grant: Grant, actor: User, obj: object) -> bool:
    if grant.role is not None and actor.role != grant.role:
        return False
    return _RELATIONS[grant.relation](actor, obj)


def _is_self(actor: User, obj: object) -> bool:
    if isinstance(obj, User):
        return obj.pk == actor.pk
    keepers = (getattr(obj, name, None) for name in ("user_id", "actor_id", "created_by_id"))
    return next((keeper for keeper in keepers if keeper is not None), None) == actor.pk


def _is_owner(actor: User, obj: object) -> bool:
    customer = customer_of(obj)
    return customer is not None and customer.owner_id == actor.pk


def _is_collaborator(actor: User, obj: object) -> bool:
    customer = customer_of(obj)
    if customer is None or customer.pk is None:
        return False
    return collaborations_of(actor.pk, type(customer)).filter(customer_id=customer.pk).exists()


def _in_team(actor: User, obj: object) -> bool:
    customer = customer_of(obj)
    return customer is not None and customer.team_id in scope_of(actor).team_ids


def _is_visible(actor: User, obj: object) -> bool:
    if customer_of(obj) is None:
        return False
    return scope_of(actor).sees_all or any(check(actor, obj) for check in (_is_owner, _in_team, _is_collaborator))


def _is_staff_member(actor: User, obj: object) -> bool:
    """Tell whether the thing belongs to a person of the manager's branch."""
    person = obj if isinstance(obj, User) else getattr(obj, "user", None)
    return isinstance(person, User) and person.team_id in scope_of(actor).team_ids


_RELATIONS = {
    Relation.ANY: lambda _actor, _obj: True,
    Relation.SELF: _is_self,
    Relation.OWNER: _is_owner,
    Relation.COLLABORATOR: _is_collaborator,
    Relation.TEAM: _in_team,
    Relation.VISIBLE: _is_visible,
    Relation.STAFF: _is_staff_member,
}
