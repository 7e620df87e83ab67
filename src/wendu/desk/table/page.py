"""One page of the table of customers: a fixed number of queries, at a cost that does not grow with the firm."""

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from uuid import UUID

from wendu.access.colleagues import colleagues
from wendu.access.scope import scope_of
from wendu.coach.frame import Frame
from wendu.coach.walking import find_page
from wendu.coach.ways import Narrowing, Ways
from wendu.desk.table.asked import Asked
from wendu.desk.table.columns import USUAL, Column, column, sortable
from wendu.desk.table.errors import BadFilter
from wendu.desk.table.fields import OWN
from wendu.desk.table.groups import OWNERS, Group, groups_of
from wendu.desk.table.marks import read_mark
from wendu.desk.table.names import Names, names_for
from wendu.desk.table.narrowing import narrowing_of
from wendu.desk.table.rows import Row, rows_of
from wendu.desk.table.sentence import sentence
from wendu.identity.models import User

PAGE = 50


@dataclass(slots=True)
class TablePage:
    """What the screen shows: the rows, what is asked for in words, and the way to the pages around."""

    asked: Asked
    names: Names
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    count: str = "0"
    pages: int = 1
    words: str = ""
    problem: str = ""
    next_query: str = ""
    previous_query: str = ""
    owners: list[tuple[UUID, str]] = field(default_factory=list)
    groups: list[tuple[Group, list[Row]]] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """The day, the scales and the currency."""
        return self.names.frame

    @property
    def shows_owner(self) -> bool:
        """Whether there is more than one owner to tell apart."""
        return len(self.owners) > 1


def table_page(user: User, at: datetime, asked: Asked) -> TablePage:
    """The page an address asks for; a filter that cannot be understood shows nobody and says how to mend it."""
    frame = Frame.at(at)
    names = names_for(user, frame, asked.conditions, asked.own_codes)
    owners = _owners(user)
    page = TablePage(asked, names, _columns(user, asked, names), owners=owners)
    page.words = sentence(asked, names)
    try:
        narrowed = narrowed_to(asked, names)
    except BadFilter as wrong:
        page.problem = wrong.text()
        return page
    ways = Ways(user, narrowed)
    count, has_more = ways.count()
    page.count = f"{count:,}+" if has_more else f"{count:,}"
    page.pages = ceil(count / PAGE)
    if asked.grouping:
        _fill_groups(page, ways)
    else:
        _fill(page, ways, user)
    return page


def narrowed_to(asked: Asked, names: Names) -> Narrowing:
    """What an address narrows the list to; refuses what cannot be understood."""
    if asked.problem is not None:
        raise asked.problem
    return narrowing_of(asked.always, asked.filter, names)


def _fill_groups(page: TablePage, ways: Ways) -> None:
    asked, first = page.asked, page.asked.first_group
    groups, has_more = groups_of(ways, asked, page.names, first)
    keys = [key for group in groups for key in group.keys]
    held = {row.key: row for row in rows_of(keys, asked.order, page.columns, page.frame)}
    page.groups = [(group, [held[key] for key in group.keys if key in held]) for group in groups]
    page.rows = [row for _, rows in page.groups for row in rows]
    page.next_query = asked.query(after=str(first + OWNERS)) if has_more else ""
    page.previous_query = asked.query(after=str(max(0, first - OWNERS)) if first > OWNERS else "") if first else ""


def usual_columns(user: User) -> list[str]:
    """The columns of a list nobody chose columns for; whoever sees only own customers needs no owner."""
    scope = scope_of(user)
    return [code for code in USUAL if code != "owner" or scope.sees_all or scope.team_ids]


def _fill(page: TablePage, ways: Ways, user: User) -> None:
    asked, frame = page.asked, page.frame
    before = read_mark(asked.before, asked.order, user) if asked.before else None
    after = read_mark(asked.after, asked.order, user) if asked.after and before is None else None
    found = find_page(ways, asked.order, frame, after=after, before=before, limit=PAGE)
    page.rows = rows_of(found.keys, asked.order, page.columns, frame)
    if not page.rows:
        return
    has_next, has_previous = (True, found.has_more) if before else (found.has_more, after is not None)
    page.next_query = asked.query(after=page.rows[-1].mark) if has_next else ""
    page.previous_query = asked.query(before=page.rows[0].mark) if has_previous else ""


def _columns(user: User, asked: Asked, names: Names) -> list[Column]:
    codes = asked.columns or usual_columns(user)
    known = [(column(code), names.field(code)) for code in codes if not code.startswith(OWN) or names.field(code)]
    return [sortable(each, field.kind) if field and field.is_own else each for each, field in known]


def _owners(user: User) -> list[tuple[UUID, str]]:
    """Whose customers one can ask for; only oneself needs no asking."""
    if not scope_of(user).sees_all and not scope_of(user).team_ids:
        return []
    return [(each.uuid, each.name) for each in colleagues(user)]
