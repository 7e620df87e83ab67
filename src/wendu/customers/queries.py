"""Reads of customers and their people; every one starts with who is looking."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery, Value
from django.db.models.sql.compiler import SQLCompiler

from wendu.access.prepared import prepared_records
from wendu.access.querysets import RowAmongThese
from wendu.access.scope import Scope, scope_of
from wendu.access.verbs import can
from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.models import (
    Collaborator,
    Contact,
    ContactPoint,
    Customer,
    CustomerQuerySet,
    CustomField,
    Nurture,
    Tag,
    Tagging,
)
from wendu.identity import snapshot
from wendu.identity.models import User, UserQuerySet
from wendu.kernel.attached import attach
from wendu.kernel.names import normalise_name
from wendu.kernel.prepared import Among, prepared_records_of

SIMILAR_AT_MOST = 10
SHORTEST_KEY = 2


class BeginsWith(Func):
    """A text that begins with another one, in the form each database answers from an index."""

    template = "%(expressions)s"
    output_field = BooleanField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_extra: Any) -> tuple[str, Any]:  # noqa: ARG002  Django names it
        text, text_params = compiler.compile(self.source_expressions[0])
        start, params = compiler.compile(self.source_expressions[1])
        return f"({text} >= {start} AND {text} < {start} || char(1114111))", [
            *text_params,
            *params,
            *text_params,
            *params,
        ]

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_extra: Any) -> tuple[str, Any]:  # noqa: ARG002
        text, text_params = compiler.compile(self.source_expressions[0])
        start, params = compiler.compile(self.source_expressions[1])
        return f"({text} LIKE {start})", [*text_params, *(f"{_like_escaped(str(word))}%" for word in params)]


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """What a list of customers can be narrowed to by the customer's own fields."""

    owner_id: int | None = None
    without_owner: bool = False
    team_path: str = ""
    tag_ids: tuple[int, ...] = ()
    kind: str = ""
    market: str = ""
    industry: str = ""
    tier: str = ""
    province: str = ""
    city: str = ""


def visible_to(user: Any) -> CustomerQuerySet:
    """All customers a user sees, buckets too: what search asks for."""
    rows: CustomerQuerySet = Customer.objects.visible_to(user)
    return rows


def clear_to(user: Any) -> CustomerQuerySet:
    """The visible customers whose numbers somebody of a masked role reads in clear: own and shared ones."""
    seen = visible_to(user)
    if scope_of(user).sees_nothing:
        return seen
    shared = Collaborator.objects.filter(user_id=user.pk).values("customer_id")
    return seen.filter(Q(owner_id=user.pk) | Q(RowAmongThese(F("deleted_at"), Subquery(shared))))


def customer_by_uuid(user: Any, uuid: UUID) -> Customer:
    """Find a visible customer with its owner, team and parent; `Customer.DoesNotExist` when there is none to see."""
    rows: CustomerQuerySet = Customer.objects.visible_to(user)
    return rows.select_related("owner", "team", "parent").get(uuid=uuid)


def is_now(rows: QuerySet[Any], uuid: UUID) -> Any:
    """Find among visible customers or people what the thing of this address was found to be; None if it was not merged.

    One query; whoever does not see the survivor is not told that there is one.
    """
    gone = rows.model._base_manager.filter(uuid=uuid, merged_into__isnull=False)
    return rows.filter(pk__in=gone.values("merged_into")).first()


def with_absorbed(customer_id: int) -> QuerySet[Any, Any]:
    """The key of a customer the caller has found visible and of what it absorbed, as a subquery: their past is its own.

    One set and not two joined by "or": PostgreSQL walks an index for the first, and the whole journal for the second.
    """
    return Customer.objects.filter(Q(pk=customer_id) | Q(merged_into=customer_id)).values("pk")


def customers_of(user: Any, narrowed: CustomerFilter | None = None) -> CustomerQuerySet:
    """List the visible standing customers, narrowed by their own fields; the caller sorts."""
    return narrow(Customer.objects.visible_to(user).standing(), narrowed or CustomerFilter())


def narrow(rows: CustomerQuerySet, by: CustomerFilter, *, prefix: str = "") -> Any:
    """Narrow customers, or rows that lead to one through `prefix` (`customer__`), by the customer's own fields."""
    exact = {"owner_id": by.owner_id, "team__path__startswith": by.team_path} | {
        name: getattr(by, name) for name in ("kind", "market", "industry", "tier", "province", "city")
    }
    rows = rows.filter(**{f"{prefix}{name}": value for name, value in exact.items() if value})
    if by.without_owner:
        rows = rows.filter(**{f"{prefix}owner__isnull": True})
    for tag_id in by.tag_ids:
        tagged = Customer.objects.filter(taggings__tag_id=tag_id).values("pk")
        rows = rows.filter(**{f"{prefix}pk__in": tagged})
    return rows


def deleted_customers(user: Any) -> CustomerQuerySet:
    """List what this user could restore, latest deleted first."""
    return Customer.objects.deleted_to(user).order_by("-deleted_at", "-pk")


def similar_customers(user: Any, name: str, *, besides: Customer | None = None) -> list[Customer]:
    """Warn of visible customers whose name is the same, or contains the other, once legal forms are left out."""
    key = normalise_name(name)
    if len(key) < SHORTEST_KEY:
        return []
    seen = Customer.objects.visible_to(user).standing().select_related("owner")
    if besides is not None:
        seen = seen.exclude(pk=besides.pk)
    same = list(seen.filter(name_key=key).order_by("pk")[:SIMILAR_AT_MOST])
    near = seen.filter(Q(BeginsWith(F("name_key"), Value(key))) | Q(name_key__in=_beginnings(key))).exclude(
        name_key=key
    )
    return [*same, *near.order_by("name_key", "pk")[: SIMILAR_AT_MOST - len(same)]]


def contacts_of(user: Any, customer: Customer) -> list[Contact]:
    """List the people of a visible customer with their numbers, main contact first, who left last."""
    people = _people_of(user, customer.pk)
    attach(people, "contact_points", _points_of_people([contact.pk for contact in people]), key="contact_id")
    return sorted(
        people, key=lambda contact: (contact.left_on is not None, not contact.is_main, contact.name, contact.pk)
    )


def contact_by_uuid(user: Any, uuid: UUID) -> Contact:
    """Find a visible contact with its customer."""
    return Contact.objects.visible_to(user).standing().select_related("customer").get(uuid=uuid)


def deleted_contacts_of(user: Any, customer: Customer) -> list[Contact]:
    """List the deleted people of a visible customer, for restoring."""
    return _gone_people_of(user, customer.pk)


def points_of(user: Any, customer: Customer) -> list[ContactPoint]:
    """List the numbers and addresses of the customer itself."""
    return _points_of_customer(user, customer.pk)


@prepared_records
def _people_of(me: Scope, customer_id: int) -> QuerySet[Contact]:
    return Contact.objects.visible_to(me).standing().filter(customer_id=customer_id)


@prepared_records
def _gone_people_of(me: Scope, customer_id: int) -> QuerySet[Contact]:
    gone = Contact.objects.visible_to(me).filter(customer_id=customer_id, deleted_at__isnull=False)
    gone = gone.filter(merged_into__isnull=True)
    return gone.order_by("-deleted_at", "-pk")


@prepared_records
def _points_of_customer(me: Scope, customer_id: int) -> QuerySet[ContactPoint]:
    points = ContactPoint.objects.visible_to(me).filter(customer_id=customer_id, contact__isnull=True)
    return points.order_by("kind", "pk")


@prepared_records_of
def _points_of_people(contact_ids: Collection[int]) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(Among("contact_id", contact_ids)).order_by("pk")


def point_by_id(user: Any, customer: Customer, pk: int) -> ContactPoint:
    """Find one visible number or address of a customer."""
    return ContactPoint.objects.visible_to(user).select_related("customer", "contact").get(customer=customer, pk=pk)


def owner_choices(user: Any) -> UserQuerySet:
    """List the active colleagues a user may hand a customer to: own team and below it, or everyone."""
    people = User.objects.active()
    scope = scope_of(user)
    if scope.sees_nothing:
        return people.none()
    if scope.sees_all:
        return people
    within = Q(pk=user.pk) | Q(team_id__in=scope.team_ids)
    if user.team_id is not None:
        within |= Q(team_id=user.team_id)
    return people.filter(within)


def collaborators_of(user: Any, customer: Customer) -> list[User]:
    """List the colleagues who work on a visible customer beside its owner."""
    return _beside(user, customer.pk)


@prepared_records
def _beside(me: Scope, customer_id: int) -> QuerySet[User]:
    seen = Customer.objects.visible_to(me).filter(pk=customer_id)
    ids = Collaborator.objects.filter(customer__in=seen).values("user_id")
    return User.objects.filter(pk__in=ids).order_by("full_name", "username", "pk")


def tags_on(user: Any, customers: Iterable[Customer]) -> dict[int, list[Tag]]:
    """Give the tags of several visible customers at once, by name."""
    ids = [customer.pk for customer in customers]
    found: dict[int, list[Tag]] = {pk: [] for pk in ids}
    for link in _taggings(user, ids) if ids else ():
        found[link.customer_id].append(link.tag)
    return found


@prepared_records
def _taggings(me: Scope, customer_ids: Collection[int]) -> QuerySet[Tagging]:
    seen = Customer.objects.visible_to(me).filter(Among("pk", customer_ids))
    return Tagging.objects.filter(customer__in=seen).select_related("tag").order_by("tag__name", "pk")


def referrals_to(user: Any) -> list[tuple[int, int]]:
    """Who brought whom among the visible customers: pairs of one and the one that brought it, the oldest first."""
    seen = Customer.objects.visible_to(user).standing()
    rows = seen.filter(referrer__isnull=False, referrer__in=seen.values("pk")).order_by("pk")
    return list(rows.values_list("pk", "referrer_id"))


def customers_named(user: Any, words: str) -> list[str]:
    """Names of visible customers that begin with what is typed, for choosing one of them."""
    if not (key := normalise_name(words)):
        return []
    seen = Customer.objects.visible_to(user).standing().filter(BeginsWith(F("name_key"), Value(key)))
    return list(seen.order_by("name_key", "pk").values_list("name", flat=True)[:SIMILAR_AT_MOST])


def resting_spell(customer_id: int) -> Nurture | None:
    """The spell out of pursuit that stands with a customer the caller has found visible."""
    return next(iter(_resting_spells(customer_id)), None)


@prepared_records_of
def _resting_spells(customer_id: int) -> QuerySet[Nurture]:
    return Nurture.objects.filter(customer_id=customer_id, ended_on__isnull=True)


def tag_choices(user: Any) -> list[Tag]:
    """List the tags in use on customers this user sees."""
    seen = Customer.objects.visible_to(user)
    return list(
        Tag.objects.filter(pk__in=Tag.objects.filter(taggings__customer__in=seen).values("pk")).order_by("name")
    )


def standing_fields(about: str = FieldAbout.CUSTOMER) -> list[CustomField]:
    """List the company's own fields of customers (or of people, or deals) in use, in their order."""
    return standing_by_kind()[FieldAbout(about)]


def standing_by_kind() -> dict[FieldAbout, list[CustomField]]:
    """The company's own fields in use by what they are about, in their order; one query."""
    found: dict[FieldAbout, list[CustomField]] = {about: [] for about in FieldAbout}
    for field in _fields_in_use():
        found[FieldAbout(field.about)].append(field)
    return found


@prepared_records_of
def _fields_in_use() -> QuerySet[CustomField]:
    return CustomField.objects.filter(retired_at__isnull=True).order_by("position", "pk")


def own_kinds(about: str = FieldAbout.CUSTOMER) -> dict[str, str]:
    """The types of the company's own fields in use, by their codes; remembered for a moment, as addresses ask often."""
    return snapshot.remembered("own_kinds", _kinds)[FieldAbout(about)]


def own_choices(about: str = FieldAbout.CUSTOMER) -> dict[str, tuple[str, ...]]:
    """The options of those that are chosen from a list, in their order, by their codes; remembered alike."""
    return snapshot.remembered("own_choices", _choices)[FieldAbout(about)]


def own_texts(about: str, custom: Mapping[str, Any]) -> list[str]:
    """What the company's own fields say in free words; days, numbers and choices are filtered by."""
    if not custom:
        return []
    texts = (code for code, kind in own_kinds(about).items() if kind == FieldType.TEXT)
    return [str(custom[code]) for code in texts if code in custom]


def _kinds() -> dict[FieldAbout, dict[str, str]]:
    return {about: {field.code: field.type for field in rows} for about, rows in standing_by_kind().items()}


def _choices() -> dict[FieldAbout, dict[str, tuple[str, ...]]]:
    return {
        about: {field.code: tuple(option["code"] for option in field.options) for field in rows if field.options}
        for about, rows in standing_by_kind().items()
    }


def all_fields(user: Any) -> QuerySet[CustomField]:
    """List every field that was ever defined, those in use first in their order, for whoever may see the settings."""
    if not can(user, "settings.view"):
        return CustomField.objects.none()
    return CustomField.objects.order_by(F("retired_at").asc(nulls_first=True), "about", "position", "pk")


def _like_escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _beginnings(key: str) -> list[str]:
    """Shorter names this one may be the longer form of; half the name at least, or everything would be similar."""
    return [key[:length] for length in range(max(SHORTEST_KEY, (len(key) + 1) // 2), len(key))]
