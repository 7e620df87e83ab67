"""What all rows of one import share: who brings them in, when, and how people and customers are found by name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from wendu.access.verbs import can, permit
from wendu.customers.models import Customer
from wendu.exchange.errors import PersonNotFound, SeveralFound
from wendu.exchange.matching import Found, find_customers
from wendu.exchange.shaping import Shape
from wendu.identity.models import Organisation, User
from wendu.kernel.names import tidy_line

SKIP, FILL, UPDATE = "skip", "fill", "update"
WAYS = (UPDATE, FILL, SKIP)
BLANK = ("", None)
Former = dict[int, tuple[tuple[Any, ...], ...]]
"""By the place of a row in its batch, what the thing it is about was called before (in the words of `keys`)."""


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
    _allowed: set[tuple[str, int]] = field(default_factory=set)

    @property
    def only_fills(self) -> bool:
        """Whether what is written down already stays, and only what is empty is filled."""
        return self.on_match == FILL

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

    def find_customers(self, names: Iterable[str], *, numbers: Iterable[str] = (), uuids: Iterable[UUID] = ()) -> Found:
        """Find what the actor can see by number, id or name."""
        return find_customers(names, self.actor, numbers=numbers, uuids=uuids)

    def may_about(self, verb: str, customer_id: int) -> None:
        """Refuse a row about a customer on whom its author has no such right; asked once a customer."""
        if self.has_all_rights or (verb, customer_id) in self._allowed:
            return
        permit(self.actor, verb, Customer.objects.get(pk=customer_id))
        self._allowed.add((verb, customer_id))


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
