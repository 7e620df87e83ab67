"""What they expect of the signature, in words: what each row lacks, how far it goes, and what to fill it from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise as Words
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from wendu.coach.case import DealCase
from wendu.method.deals.codes import GoalPart, Reach
from wendu.method.deals.expectations import Goal
from wendu.offers.choices import MessageKind, MessageState
from wendu.offers.facts import goal_of
from wendu.offers.models import Expectation
from wendu.opportunities.choices import Stage
from wendu.touches.choices import PromiseState
from wendu.touches.models import Promise

PARTS: Mapping[GoalPart, Words] = {
    GoalPart.RETURN: pgettext_lazy("expectation", "the number, its unit and the day"),
    GoalPart.SOLUTION: pgettext_lazy("expectation", "the solution"),
    GoalPart.SAFEGUARDS: pgettext_lazy("expectation", "the safeguards"),
    GoalPart.CHECK: pgettext_lazy("expectation", "how the result is judged and accepted"),
}
REACHES: Mapping[Reach, Words] = {
    Reach.OK: pgettext_lazy("expectation", "within reach"),
    Reach.STRETCH: pgettext_lazy("expectation", "a stretch: say so to them"),
    Reach.UNREALISTIC: pgettext_lazy("expectation", "beyond our best: agree it anew"),
    Reach.UNKNOWN: pgettext_lazy("expectation", "nobody knows what we reach"),
}
CSS: Mapping[Reach, str] = {Reach.OK: "ok", Reach.STRETCH: "wait", Reach.UNREALISTIC: "risk", Reach.UNKNOWN: "note"}
FROM = (Stage.ST3, Stage.ST4)
SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class ExpectationRow:
    """One row of the table, prepared."""

    row: Expectation
    need: str
    reach: str
    css: str
    expected: str
    promised: str
    usual: str
    best: str
    over: str
    lacks: str

    @property
    def is_whole(self) -> bool:
        """Whether all four parts are written down."""
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something found out that they will expect, and the query that fills a row with it."""

    words: str
    query: str


@dataclass(frozen=True, slots=True)
class ExpectationTable:
    """The whole table."""

    rows: tuple[ExpectationRow, ...]
    suggestions: tuple[Suggestion, ...]
    is_due: bool

    @property
    def is_shown(self) -> bool:
        """From the trust stage on, and wherever something is written down."""
        return self.is_due or bool(self.rows)


def expectation_table(case: DealCase, promises: Iterable[Promise] = ()) -> ExpectationTable:
    """The table of a deal; our promises to its people are suggested too. Nothing is asked of the database."""
    needs = {each.pk: each.need or each.requirement for each in case.found.demands}
    rows = tuple(_row(each, goal_of(each), needs.get(each.demand_id or 0, "")) for each in case.offered.expectations)
    taken = {each.source for each in case.offered.expectations}
    taken |= {f"demand:{each.demand_id}" for each in case.offered.expectations}
    told = (*_needs(case), *_messages(case), *_promised(case, promises))
    suggestions = tuple(Suggestion(words, query) for source, words, query in told if source not in taken)
    return ExpectationTable(rows, suggestions[:SUGGESTED], case.deal.stage in FROM and not case.won)


def _row(row: Expectation, goal: Goal, need: str) -> ExpectationRow:
    return ExpectationRow(
        row=row,
        need=need,
        reach=str(REACHES[goal.reach]),
        css=CSS[goal.reach],
        expected=figure(row.expected, row.unit),
        promised=figure(row.promised, row.unit),
        usual=figure(row.typical, row.unit),
        best=figure(row.best, row.unit),
        over=_over(goal),
        lacks=str(_(", ")).join(str(PARTS[part]) for part in goal.lacks),
    )


def _over(goal: Goal) -> str:
    if not goal.over_promised:
        return ""
    if goal.promise_ratio is None:
        return _("Promised beyond our best: take it back to what we reach before anybody signs.")
    return _("Promised %(times)s times the usual result: take it back to what we reach before anybody signs.") % {
        "times": f"{goal.promise_ratio:.1f}".removesuffix(".0")
    }


def figure(value: Decimal | None, unit: str) -> str:
    """A number with its unit, without zeros that say nothing."""
    if value is None:
        return ""
    shown = f"{value.normalize():f}"
    return f"{shown}{unit}" if unit == "%" else f"{shown} {unit}".strip()


Told = tuple[str, str, str]


def _needs(case: DealCase) -> Iterable[Told]:
    """Confirmed needs, in the wording they agreed to."""
    agreed = case.found.in_force()
    for each in case.found.demands:
        if not each.need or (each.pk not in agreed and each.confirmed_on is None):
            continue
        wanted = agreed[each.pk].requirement if each.pk in agreed else each.requirement
        said = {"goal": each.need, "demand_id": each.pk, "source": f"demand:{each.pk}", "solution": wanted}
        said["judged_by"] = each.by_what_standard
        words = _("%(name)s needs: %(what)s") % {"name": each.contact.name, "what": each.need}
        yield f"demand:{each.pk}", words, _query(said)


def _messages(case: DealCase) -> Iterable[Told]:
    """What they said themselves it is worth to them."""
    named = {each.contact_id: each.contact.name for each in case.influencers}
    for each in case.offered.messages:
        counts = each.message == MessageKind.CREATES_VALUE and each.state == MessageState.ACKNOWLEDGED
        if counts and each.contact_id in named:
            source = f"valuemessage:{each.pk}"
            words = _("%(name)s counts on: “%(what)s”") % {"name": named[each.contact_id], "what": each.words}
            yield source, words, _query({"goal": each.words[:200], "source": source})


def _promised(case: DealCase, promises: Iterable[Promise]) -> Iterable[Told]:
    """What we promised to one of those who decide, and did not settle yet."""
    deciding = {each.contact_id for each in case.influencers}
    for each in promises:
        if each.state == PromiseState.OPEN and each.contact_id in deciding:
            source = f"promise:{each.pk}"
            said: dict[str, object] = {"goal": each.what[:200], "source": source}
            yield source, _("We promised: %(what)s") % {"what": each.what}, _query(said | _day(each.due_on))


def _day(day: date | None) -> dict[str, object]:
    return {} if day is None else {"due_on": day.isoformat()}


def _query(said: Mapping[str, object]) -> str:
    return urlencode({name: str(value) for name, value in said.items() if value not in ("", None)})
