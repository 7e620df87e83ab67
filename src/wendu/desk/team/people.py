"""What waits at each person and in each team; every number with the query of the table that lists it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from wendu.coach.team import Waiting
from wendu.desk.team.asked import Scope, under
from wendu.desk.team.figures import Figures

ALERTS = ("due", "window_overdue", "cold_gap", "strike", "missed_heat")
GRAVE = ("missed_heat", "cold_gap", "window_overdue")
MARKED = 1.5  # a number well above the average of all is worth a colour; the same number everywhere is not


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and the query of the customers behind it; `is_high` when it stands out among its like."""

    code: str
    number: int
    query: str
    is_high: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A person, a team, or everybody: how many customers there are, and how many wait for what."""

    name: str
    customers: Cell
    cells: tuple[Cell, ...]
    uuid: UUID | None = None
    too_warm: int = 0
    has_left: bool = False
    depth: int = 0

    @property
    def weight(self) -> tuple[int, int]:
        """How much there is to talk about: heat that was lost first."""
        return _weight({cell.code: cell.number for cell in self.cells})


@dataclass(frozen=True, slots=True)
class People:
    """The people that are shown, and how many there are."""

    rows: tuple[Row, ...]
    total: int


def people_rows(scope: Scope, figures: Figures, *, limit: int | None) -> People:
    """Everybody with customers or with work of the last 30 days, who has most to talk about first."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row in figures.waiting:
        if row.owner_id in figures.people:
            counts[row.owner_id or 0] += _counted(row)
    for pk in figures.too_warm:
        counts[pk] += Counter()
    average, people = _average(counts.values()), figures.people
    gravest = sorted(counts, key=lambda pk: (*(-number for number in _weight(counts[pk])), people[pk].display_name, pk))
    rows = tuple(
        _row(
            scope,
            people[pk].display_name,
            counts[pk],
            average,
            owner=people[pk].uuid,
            too_warm=figures.too_warm.get(pk, 0),
            left=not people[pk].is_active,
        )
        for pk in gravest[:limit]
    )
    return People(rows, len(counts))


def everybody_row(scope: Scope, figures: Figures) -> Row:
    """All customers looked at, those of nobody included."""
    total = sum((_counted(row) for row in figures.waiting), Counter[str]())
    return _row(scope, "", total, {}, too_warm=sum(figures.too_warm.values()))


def team_rows(scope: Scope, figures: Figures) -> list[Row]:
    """The teams looked at as a tree, each with all below it; one team alone is no tree."""
    if len(scope.below) < 2:  # noqa: PLR2004  a tree
        return []
    own: dict[int, Counter[str]] = defaultdict(Counter)
    for row in figures.waiting:
        own[row.team_id or 0] += _counted(row)
    least = min(team.path.count("/") for team in scope.below)
    sums = {team.pk: sum((own[each.pk] for each in under(scope.below, team)), Counter[str]()) for team in scope.below}
    return [
        _row(
            Scope(scope.user, scope.teams, team),
            team.name,
            sums[team.pk],
            {},
            depth=team.path.count("/") - least,
            team=team.uuid,
        )
        for team in scope.below
        if sums[team.pk]["customers"] or team.closed_at is None
    ]


def _weight(counts: Mapping[str, int]) -> tuple[int, int]:
    return counts["missed_heat"], sum(counts[code] for code in GRAVE)


def _counted(row: Waiting) -> Counter[str]:
    return Counter({"customers": row.customers, **{code: getattr(row, code) for code in ALERTS}})


def _average(counts: Iterable[Counter[str]]) -> dict[str, float]:
    found = list(counts)
    return {code: sum(each[code] for each in found) / len(found) for code in GRAVE} if len(found) > 1 else {}


def _row(
    scope: Scope,
    name: str,
    found: Counter[str],
    average: dict[str, float],
    *,
    owner: UUID | None = None,
    team: UUID | None = None,
    too_warm: int = 0,
    left: bool = False,
    depth: int = 0,
) -> Row:
    who = {"owner": str(owner)} if owner else {}
    cells = tuple(
        Cell(
            code,
            found[code],
            scope.list_query(**who, alert=code),
            is_high=code in average and found[code] > MARKED * average[code],
        )
        for code in ALERTS
    )
    everyone = Cell("customers", found["customers"], scope.list_query(**who))
    return Row(name, everyone, cells, owner or team, too_warm, left, depth)
