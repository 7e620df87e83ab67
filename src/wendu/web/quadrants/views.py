"""The quadrant board, where the time goes, and why a customer stands where it stands."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wendu.coach.board import CLASSES
from wendu.coach.frame import Frame
from wendu.desk.board.asked import HEAT, OWNER, TEAM, BoardAsked, board_asked
from wendu.desk.board.options import chosen_words, heat_options, owner_options, profile_options, team_options
from wendu.desk.board.page import Board, board
from wendu.desk.board.time import time_shares
from wendu.desk.board.why import why_here
from wendu.desk.table.options import ME
from wendu.desk.wording import screen_band
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import page_or_fragment, person
from wendu.web.patience import unhurried
from wendu.web.quadrants.words import board_lead, left_out_words, month_words


@require_safe
@unhurried
def quadrants(request: HttpRequest) -> HttpResponse:
    """Show the four classes of what one sees."""
    user, at = person(request), now()
    frame = Frame.at(at)
    asked = board_asked(request.GET, frame)
    shown = board(user, at, asked, frame)
    context = {
        "board": shown,
        "lead": board_lead(shown),
        "left_out": [(left_out_words(each), each) for each in shown.left_out],
        "months": [(month_words(each.key, frame.today), each) for each in shown.expected.months],
        "bands": [(screen_band(code), words) for code, words in heat_options(frame)],
        **_filters(user, shown),
    }
    return render(request, "quadrants/board.html", context)


@require_safe
@unhurried
def time(request: HttpRequest) -> HttpResponse:
    """Show where the time of each person goes; beside the board, or as a page of its own."""
    at = now()
    asked = board_asked(request.GET, Frame.at(at))
    context = {"shares": time_shares(person(request), at, asked), "query": asked.query()}
    return page_or_fragment(request, "quadrants/time.html", "quadrants/_time.html", context)


@require_safe
def why(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say why a customer stands in its class; asked for another one, which question could bring it there."""
    customer = visible_customer(request, uuid)
    wanted = request.GET.get("to", "")
    shown = why_here(person(request), customer, now(), wanted=wanted if wanted in CLASSES else "")
    return page_or_fragment(request, "quadrants/why.html", "quadrants/_why.html", {"why": shown})


def _filters(user: User, shown: Board) -> dict[str, Any]:
    """Whose board it is, the filters behind the button, and what is set, each with the way to take it away."""
    asked: BoardAsked = shown.asked
    owners = owner_options(user)
    options: dict[str, Any] = {
        OWNER: [(str(uuid), name) for uuid, name in owners],
        TEAM: [(str(uuid), name) for uuid, name in team_options(user)],
        **profile_options(shown.frame),
    }
    is_mine = asked.chosen.get(OWNER) == ME
    return {
        "whose": [
            (_("Mine"), f"?{asked.query(owner=ME)}", is_mine),
            (_("All I see"), f"?{asked.query(owner='')}", not is_mine),
        ]
        if owners
        else [],
        "selects": [
            (code, label, options[code], asked.chosen.get(code, ""))
            for code, label in _labels().items()
            if len(options[code]) > 1
        ],
        "chips": [(words, f"?{asked.query(**{code: ''})}") for code, words in chosen_words(asked, options)],
    }


def _labels() -> dict[str, str]:
    return {
        OWNER: _("Owner"),
        TEAM: _("Team"),
        "market": _("Market"),
        "industry": _("Industry"),
        "product": _("Kind of product"),
        HEAT: _("Temperature"),
    }
