"""The board of open deals by stage, and one more page of a column."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from wendu.coach.pipeline import SELLING
from wendu.desk.deal_paging import AMOUNT, read_mark
from wendu.desk.pipeline.asked import deals_asked
from wendu.desk.pipeline.board import StageBoard, column_page, stage_board
from wendu.kernel.clock import now
from wendu.opportunities.choices import Stage
from wendu.web.components.formats import money_words
from wendu.web.fragments import page_or_fragment, person
from wendu.web.opportunities.sections import filters, sections
from wendu.web.patience import unhurried

LONGEST_MARK = 200


@require_safe
@unhurried
def board(request: HttpRequest) -> HttpResponse:
    """Show every open deal one sees at its stage, the largest first."""
    user, asked = person(request), deals_asked(request.GET)
    shown = stage_board(user, now(), asked)
    context = {
        "board": shown,
        "asked": asked,
        "lead": _lead(shown),
        "here": request.get_full_path(),
        "sections": sections("board", user),
        **filters(user, asked, reverse("opportunities:board")),
    }
    return render(request, "opportunities/board.html", context)


@require_safe
@unhurried
def column(request: HttpRequest, stage: str) -> HttpResponse:
    """Show more of one column, as the piece that belongs under it or as a page of its own."""
    if stage not in SELLING:
        raise Http404
    user, asked = person(request), deals_asked(request.GET)
    after = read_mark(request.GET.get("after", "")[:LONGEST_MARK], AMOUNT, user)
    page = column_page(user, now(), asked, Stage(stage), after)
    board_url = f"{reverse('opportunities:board')}?{asked.query()}"
    context = {"page": page, "asked": asked, "here": board_url, "board_url": board_url}
    return page_or_fragment(request, "opportunities/column.html", "opportunities/_more_cards.html", context)


def _lead(board: StageBoard) -> str:
    currency = board.frame.currency
    shape = ngettext(
        "%(n)s open deal, %(amount)s; by the chance of each class about %(expected)s",
        "%(n)s open deals, %(amount)s; by the chance of each class about %(expected)s",
        board.deals,
    )
    return shape % {
        "n": f"{board.deals:,}",
        "amount": money_words(board.amount_minor, currency),
        "expected": money_words(board.expected_minor, currency),
    }
