"""`visible_to`: the condition in front of every read, cascading from the customer to all that is about it.

Access lies below the rooms and imports none of them. It speaks to the customer table through names only, and these
names are a contract with `customers`: fields `owner`, `team` (copied from the owner) and `deleted_at`, and the reverse
relation `collaborations` whose rows have `customer` and `user`.

How the condition is written decides what a million customers cost (both databases measured), so:
- collaboration is a subquery on its own index (user, customer), never a join that could double a row;
- a child joins its one customer and every part of the OR stands on that customer's row: the database may start from
  the child (one row by its key) or from the customers of an owner, whichever is shorter; where the scope is broad the
  child is read in the order the page wants and its customer is tested (SQLite would collect all of them first);
- "not deleted" for those who see all is "not among the (few) deleted", so that no list joins a million customers;
- a team is a short list of ids, not a path to compare with.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler

from wendu.access.scope import Scope, scope_of
from wendu.kernel.prepared import OneOf

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class AmongThese(Func):
    """`key IN (subquery)` in the form each database answers from an index even inside an OR.

    PostgreSQL makes an IN below an OR a filter over the whole table; given as an array it becomes an index condition.
    """

    output_field = models.BooleanField()

    def as_sql(self, compiler: SQLCompiler, *_context: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        return self._join(compiler, "{} IN {}")

    def as_postgresql(self, compiler: SQLCompiler, *_context: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        return self._join(compiler, "{} = ANY(ARRAY{})")

    def _join(self, compiler: SQLCompiler, pattern: str) -> tuple[str, tuple[Any, ...]]:
        key, among = self.get_source_expressions()
        key_sql, key_params = compiler.compile(self._key(key))
        among_sql, among_params = compiler.compile(among)
        return pattern.format(key_sql, among_sql), (*key_params, *among_params)

    def _key(self, key: Any) -> Any:
        return key


class RowAmongThese(AmongThese):
    """The same for the primary key of the row a named column stands in.

    Django shortens `customer__id` to the child's own `customer_id`, and an OR across two tables uses no index; so the
    customer's id is addressed through another column of its row.
    """

    def _key(self, key: Any) -> Any:
        return Col(key.alias, key.target.model._meta.pk)


class VisibleQuerySet(models.QuerySet[M_co]):
    """Rows seen through their customer.

    `customer_path` is the way from the row to its customer as an ORM prefix: "" for the customer itself,
    "customer__" for its children, "touch__customer__" for grandchildren. `carries_scope` says that the row itself
    holds up-to-date copies of the customer's `owner` and `team`, so that a sorted list needs no second table.
    """

    customer_path: ClassVar[str] = ""
    carries_scope: ClassVar[bool] = False

    def visible_to(self, user: Any) -> Self:
        """Keep what this user may see; nobody sees nothing, and what hangs on a deleted customer is not seen."""
        scope = scope_of(user)
        if scope.sees_nothing:
            return self.none()
        if not self.customer_path:
            return self.filter(self._within(scope, ""), deleted_at__isnull=True)
        if scope.sees_all:
            return self._of_living_customers()
        if self.carries_scope:
            return self._of_living_customers().filter(self._within_copies(scope))
        if scope.is_broad:
            return self.filter(self._customer_is_seen(scope))
        return self.filter(self._within(scope, self.customer_path), **{f"{self.customer_path}deleted_at__isnull": True})

    def deleted_to(self, user: Any) -> Self:
        """Keep what this user could see, had its customer not been deleted (the restore list)."""
        scope = scope_of(user)
        if scope.sees_nothing:
            return self.none()
        return self.filter(
            self._within(scope, self.customer_path), **{f"{self.customer_path}deleted_at__isnull": False}
        )

    def _customer_is_seen(self, scope: Scope) -> Exists:
        customers = self._customer_model()._base_manager.filter(self._within(scope, ""), deleted_at__isnull=True)
        return Exists(customers.filter(pk=OuterRef(self._key())))

    def _within(self, scope: Scope, path: str) -> Q:
        """Say in terms of the customer's own row, at the end of `path`, that it is in scope."""
        if scope.sees_all or scope.user_id is None:
            return Q()
        shared = collaborations_of(scope.user_id, self._customer_model()).values("customer_id")
        within = Q(**{f"{path}owner_id": scope.user_id}) | Q(RowAmongThese(F(f"{path}deleted_at"), Subquery(shared)))
        return within | Q(OneOf(F(f"{path}team_id"), *scope.team_ids)) if scope.team_ids else within

    def _within_copies(self, scope: Scope) -> Q:
        """Say the same of the copies this row carries; the shared customers are few and come by their key."""
        shared = collaborations_of(scope.user_id or 0, self._customer_model()).values("customer_id")
        within = Q(owner_id=scope.user_id) | Q(AmongThese(F(self._key()), Subquery(shared)))
        return within | Q(OneOf(F("team_id"), *scope.team_ids)) if scope.team_ids else within

    def _of_living_customers(self) -> Self:
        gone = self._customer_model()._base_manager.filter(deleted_at__isnull=False)
        return self.exclude(**{f"{self._key()}__in": gone.values("pk")})

    def _key(self) -> str:
        return self.customer_path.removesuffix("__")

    def _customer_model(self) -> type[models.Model]:
        return customer_model(self.model, self.customer_path)


def customer_model(model: type[models.Model], customer_path: str) -> type[models.Model]:
    """Follow the path from a model to the customer's model."""
    for name in customer_path.split("__"):
        if name:
            model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model


def collaborations_of(user_id: int, customers: type[models.Model]) -> QuerySet[Any]:
    """Give the rows saying which customers a user works on beside the owner."""
    relation: Any = customers._meta.get_field("collaborations")
    rows: QuerySet[Any] = relation.related_model._base_manager.filter(user_id=user_id)
    return rows
