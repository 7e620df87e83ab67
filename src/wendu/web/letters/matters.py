"""What waits for a person in the morning beside the own list: the team's, the service's, the house's."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wendu.coach.frame import Frame
from wendu.desk.days import dated
from wendu.desk.home import cards_of
from wendu.desk.team.asked import scope_from
from wendu.desk.team.page import boxes_of
from wendu.desk.team_panel import Person, team_panel
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.imports.queries import imports_of
from wendu.web.letters.post import absolute
from wendu.web.today.home import FAILED_DAYS, FILES, duties_of, heading_of


class Line(NamedTuple):
    """One thing that waits, and the page on which it can be seen."""

    name: str
    words: str
    url: str


class Matters(NamedTuple):
    """Things of one kind under their title."""

    title: str
    lines: tuple[Line, ...]


def matters_of(user: User, frame: Frame, at: datetime) -> list[Matters]:
    """What the role of this person asks of the morning (method: 4); a kind with nothing in it is left out."""
    role = Role(user.role)
    found: list[tuple[str, Iterable[Line]]] = []
    if role == Role.MANAGER:
        found = [(_("Who is losing heat"), _team(user, frame)), (_("In your inboxes"), _inboxes(user, frame))]
    elif role == Role.ADMIN:
        found = [(_("The house"), _house(user, at)), (_("Files brought in"), _files(user, at))]
    else:
        for card in cards_of(user, frame):
            rows = (
                Line(
                    row.customer__name,
                    " · ".join(each for each in (row.owner, row.words, _on(row.on, frame)) if each),
                    absolute(reverse("customers:page", args=[row.customer__uuid])),
                )
                for row in card.rows
            )
            found.append((heading_of(card).title, rows))
    drawn = (Matters(title, tuple(lines)) for title, lines in found)
    return [matters for matters in drawn if matters.lines]


def _on(day: date, frame: Frame) -> str:
    """A day, with its year unless it is this one's."""
    return dated(day) if day.year == frame.today.year else day.isoformat()


def _team(user: User, frame: Frame) -> Iterator[Line]:
    """Colleagues with something to talk about, the most first."""
    customers = absolute(reverse("customers:list"))
    for each in team_panel(user, frame):
        if each.total:
            yield Line(each.name, pgettext("list", ", ").join(_lost(each)), f"{customers}?owner={each.uuid}")


def _lost(each: Person) -> Iterator[str]:
    told = (
        (each.missed, lambda n: ngettext("%(n)s strike missed", "%(n)s strikes missed", n)),
        (each.cold_gap, lambda n: ngettext("%(n)s cold gap", "%(n)s cold gaps", n)),
        (each.overdue, lambda n: ngettext("%(n)s window over", "%(n)s windows over", n)),
    )
    return (words(number) % {"n": number} for number, words in told if number)


def _inboxes(user: User, frame: Frame) -> Iterator[Line]:
    scope = scope_from(user, "")
    if scope is None:
        return
    boxes = boxes_of(scope, frame)
    for title, number, where in (
        (_("Classes set by hand"), boxes.overrides.total, reverse("team:overrides")),
        (_("Windows started afresh"), boxes.requalified.total, reverse("team:requalifications")),
    ):
        if number:
            yield Line(title, str(number), absolute(where))


def _house(user: User, at: datetime) -> Iterator[Line]:
    """Of what the house keeps running, only what needs a hand."""
    home = reverse("today:today")
    return (
        Line(duty.name, duty.words, absolute(duty.url or home)) for duty in duties_of(user, at) if duty.needs_a_hand
    )


def _files(user: User, at: datetime) -> Iterator[Line]:
    """Files of the last days of which not every row was taken."""
    since = at - timedelta(days=FAILED_DAYS)
    for row in imports_of(user).filter(uploaded_at__gte=since)[:FILES]:
        if number := row.counts.get("rejected"):
            words = ngettext("%(n)s row not taken", "%(n)s rows not taken", number) % {"n": number}
            yield Line(row.file_name, words, absolute(reverse("imports:page", args=[row.uuid])))
