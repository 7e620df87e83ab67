"""The question bank, to look something up in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wendu.access.verbs import can
from wendu.desk.bank import KINDS, Wanted, people_of, question_bank, trades_of
from wendu.packs.queries import current_playbook
from wendu.web.fragments import person

LONGEST = 60


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Every question of the playbook, by problem."""
    book, asked = current_playbook(), request.GET
    trades, people = trades_of(book), people_of(book)
    kinds = [(code, str(words)) for code, (_letter, words) in KINDS.items()]
    wanted = Wanted(
        words=asked.get("q", "").replace("\x00", "")[:LONGEST],
        trade=_known(asked.get("trade", ""), trades),
        who=_known(asked.get("who", ""), people),
        kind=_known(asked.get("kind", ""), kinds),
    )
    found = question_bank(book, wanted)
    context = {
        "found": found,
        "count": sum(len(problem.rows) for problem in found),
        "wanted": wanted,
        "trades": trades,
        "people": people,
        "kinds": kinds,
        "may_edit": can(person(request), "settings.view"),
    }
    return render(request, "talks/bank.html", context)


def _known(code: str, listed: list[tuple[str, str]]) -> str:
    return code if code in dict(listed) else ""
