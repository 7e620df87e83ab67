"""What all rows of one import share: who brings them in, when, and how people and customers are found by name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from wendu.access.verbs import can, permit
from wendu.customers.models import Customer
from wendu.exchange.errors import PersonNotFound, RowRefused, SeveralFound
from wendu.exchange.shaping import Shape
from wendu.identity.models import Organisation, User
from wendu.kernel.names import normalise_name, tidy_line

SKIP, UPDATE = "skip", "update"


@dataclass(slots=True)
class Verdict:
    """What became of a row: created, updated or unchanged; refused for reasons; or waiting for another row."""

    what: str = ""
    refusals: list[Any] = field(default_factory=list)
    waits: bool = False


@dataclass
class Run:
    """One import: the actor (None: the system itself), the moment, and what to do with rows already known."""

    shape: Shape
    actor: Any
    at: datetime
    on_match: str = UPDATE
    is_last_pass: bool = False

    @cached_property
    def today(self) -> date:
        """The business day of the import."""
        return Organisation.objects.current().today(self.at)

    @cached_property
    def currency(self) -> str:
        """The organisation's currency."""
        return Organisation.objects.current().currency

    @cached_property
    def has_all_rights(self) -> bool:
        """Whether no row needs to be asked about: the system and administrators."""
        return self.actor is None or self.actor.is_admin

    @cached_property
    def people(self) -> "People":
        """Everyone a file can name."""
        return People(User.objects.select_related("team"))

    def may(self, verb: str, thing: object = None) -> None:
        """Refuse one row whose author has no right to it."""
        if not self.has_all_rights:
            permit(self.actor, verb, thing)

    def can(self, verb: str, thing: object = None) -> bool:
        """Tell whether the actor has this right."""
        return self.has_all_rights or can(self.actor, verb, thing)

    def customers(self) -> Any:
        """The standing customers the actor can see."""
        rows = Customer.objects.all() if self.actor is None else Customer.objects.visible_to(self.actor)
        return rows.filter(deleted_at__isnull=True, bucket_of__isnull=True)

    def find_customers(self, names: Iterable[str]) -> "Found":
        """Find customers by external number or name, two queries whatever the number."""
        wanted = {tidy_line(name) for name in names if name}
        found = Found()
        if not wanted:
            return found
        for row in self.customers().filter(external_id__in=wanted).select_related("owner"):
            found.by_number[row.external_id] = row
        keys = {normalise_name(name) for name in wanted if name not in found.by_number}
        for row in self.customers().filter(name_key__in=keys).select_related("owner").order_by("pk"):
            found.by_key.setdefault(row.name_key, []).append(row)
        return found


@dataclass(slots=True)
class Found:
    """Customers found for the names of a batch."""

    by_number: dict[str, Customer] = field(default_factory=dict)
    by_key: dict[str, list[Customer]] = field(default_factory=dict)

    def one(self, name: str, refusal: type[RowRefused], at: str) -> Customer:
        """Give the customer a name means: its number, its exact name, else the only one of this name key."""
        name = tidy_line(name)
        if name in self.by_number:
            return self.by_number[name]
        alike = self.by_key.get(normalise_name(name), [])
        exact = [row for row in alike if row.name == name]
        choice = exact if len(exact) == 1 else alike
        if len(choice) > 1:
            raise SeveralFound(value=name[:60]).at(at)
        if not choice:
            raise refusal(value=name[:60]).at(at)
        return choice[0]


class People:
    """Colleagues by login and by full name, read once."""

    def __init__(self, users: Collection[User] | Any) -> None:
        self._by_login: dict[str, User] = {}
        self._by_name: dict[str, list[User]] = {}
        self._handed: dict[int, bool] = {}
        for user in users:
            self.add(user)

    def add(self, user: User) -> None:
        """Remember somebody who came in with this file."""
        self._by_login[user.username.casefold()] = user
        self._by_name.setdefault(user.full_name.casefold(), []).append(user)

    def find(self, name: str) -> User | None:
        """Find somebody by login, else by full name; several of one name are several."""
        key = tidy_line(name).casefold()
        if key in self._by_login:
            return self._by_login[key]
        found = self._by_name.get(key, [])
        if len(found) > 1:
            raise SeveralFound(value=name[:60])
        return found[0] if found else None

    def one(self, name: str, at: str) -> User:
        """Find somebody who must be there."""
        try:
            found = self.find(name)
        except SeveralFound as several:
            raise several.at(at) from None
        if found is None:
            raise PersonNotFound(value=name[:60]).at(at)
        return found

    def taken(self, login: str) -> bool:
        """Tell whether a login is in use."""
        return login.casefold() in self._by_login
