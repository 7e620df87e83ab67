"""What stands above every page about many deals: the other pages, whose deals these are, and what narrows them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.access.verbs import can
from wendu.desk.board.options import owner_options, team_options
from wendu.desk.pipeline.asked import CLASS, OWNER, TEAM, DealsAsked
from wendu.desk.table.options import CLASSES, ME, NONE
from wendu.identity.models import User


def sections(here: str, user: User) -> list[tuple[str, str, bool]]:
    """The pages about many deals, as the segments above each of them."""
    pages = (
        ("list", pgettext("deals", "List")),
        ("board", pgettext("deals", "Board")),
        ("forecast", pgettext("deals", "Forecast")),
        ("record", pgettext("deals", "Win rate")),
        ("winners", pgettext("deals", "Winners")),
        *([("coaching", pgettext("deals", "Coaching"))] if can(user, "team.view") else []),
    )
    return [(words, reverse(f"opportunities:{name}"), name == here) for name, words in pages]


def filters(user: User, asked: DealsAsked, url: str, *, with_class: bool = True, **kept: str) -> dict[str, Any]:
    """Whose deals, the filters behind the button, and what is set, each with the way to take it away.

    `kept` is what else the address says.
    """
    owners, is_mine = owner_options(user), asked.chosen.get(OWNER) == ME
    letters = {letter: _("unclassified") if letter == NONE else letter for letter in CLASSES}
    options = {
        OWNER: [(str(uuid), name) for uuid, name in owners],
        TEAM: [(str(uuid), name) for uuid, name in team_options(user)],
        CLASS: list(letters.items()),
    }
    labels = {OWNER: _("Owner"), TEAM: _("Team"), CLASS: pgettext("field", "Class")}
    whose = [
        (_("Mine"), f"?{asked.query(owner=ME, **kept)}", is_mine),
        (_("All I see"), f"?{asked.query(owner='', **kept)}", not is_mine),
    ]
    return {
        "filter_url": url,
        "whose": whose if owners else [],
        "selects": [
            (code, labels[code], options[code], asked.chosen.get(code, ""))
            for code in labels
            if len(options[code]) > 1 and (with_class or code != CLASS)
        ],
        "chips": [
            (f"{labels[code]}: {_said(options[code], value)}", f"?{asked.query(**{code: '', **kept})}")
            for code, value in asked.chosen.items()
            if value != ME
        ],
    }


def _said(options: list[tuple[str, str]], value: str) -> str:
    return dict(options).get(value, value).strip()
