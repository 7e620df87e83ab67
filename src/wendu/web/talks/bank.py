"""The question bank, to look something up in, and to pick from for a plan."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wendu.access.verbs import can, permit
from wendu.coach.picking import with_picked
from wendu.customers.choices import Market
from wendu.desk.bank import KINDS, PRIVATE, Wanted, people_of, pickable, problems_of, question_bank, trades_of
from wendu.desk.talks import draft_of
from wendu.desk.wording import lang
from wendu.discovery.actions import rewrite_plan
from wendu.discovery.models import CallPlan
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.packs.queries import current_playbook
from wendu.playbooks import Playbook
from wendu.web.fragments import person
from wendu.web.talks.views import visible_plan

LONGEST = 60


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Every question of the playbook, by problem."""
    book = current_playbook()
    wanted = _wanted(book, request.GET)
    found = question_bank(book, wanted)
    context = {**_narrowing(book, wanted, found), "may_edit": can(person(request), "settings.view")}
    return render(request, "talks/bank.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def picking(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Pick questions for a plan: those of its trade and its person first, all of the bank if one looks further."""
    plan, book, refused = visible_plan(request, uuid), current_playbook(), None
    permit(person(request), "talk.plan", plan.customer)
    if request.method != "POST" and (plan.is_used or plan.removed_at is not None):
        return redirect("talks:page", plan.uuid)
    draft = draft_of(plan, plan.questions.order_by("place"))
    if request.method == "POST":
        try:
            added = with_picked(draft, request.POST.getlist("pick"), book, lang())
            seen = request.POST.get("seen", "")
            revision = int(seen) if seen.isdecimal() and len(seen) < LONGEST // 6 else None
            rewrite_plan(plan=plan, draft=added, actor=person(request), at=now(), seen=revision)
        except Denied:
            raise
        except ActionError as error:
            refused = error
        else:
            count = len(added.questions) - len(draft.questions)
            messages.success(request, ngettext("%(n)s question added", "%(n)s questions added", count) % {"n": count})
            return redirect(f"{reverse('talks:details', args=[plan.uuid])}#questions")
    wanted = _wanted(book, request.GET or _first(plan))
    context = {"plan": plan, "customer": plan.customer, "refused": refused, "ticked": request.POST.getlist("pick")}
    narrowed = _narrowing(book, wanted, pickable(book, draft, wanted))
    problems = problems_of(book, wanted.trade)
    return render(
        request, "talks/picking.html", {**context, **narrowed, "problems": problems}, status=422 if refused else 200
    )


def _first(plan: CallPlan) -> MultiValueDict[str, str]:
    """What is looked at before one narrows: the trade of the customer, and whom one speaks to."""
    private = plan.customer.market == Market.B2C
    trade = PRIVATE if private else plan.customer.industry
    return MultiValueDict({"trade": [trade], "who": [plan.asked_as]})


def _wanted(book: Playbook, asked: MultiValueDict[str, str]) -> Wanted:
    return Wanted(
        words=str(asked.get("q") or "").replace("\x00", "")[:LONGEST],
        trade=_known(str(asked.get("trade") or ""), trades_of(book)),
        who=_known(str(asked.get("who") or ""), people_of(book)),
        kind=str(asked.get("kind") or "") if asked.get("kind") in KINDS else "",
        problem=_known(str(asked.get("problem") or ""), problems_of(book)),
    )


def _narrowing(book: Playbook, wanted: Wanted, found: Any) -> dict[str, Any]:
    return {
        "found": found,
        "count": sum(len(problem.rows) for problem in found),
        "wanted": wanted,
        "trades": trades_of(book),
        "people": people_of(book),
        "kinds": [(code, str(words)) for code, (_letter, words) in KINDS.items()],
    }


def _known(code: str, listed: list[tuple[str, str]]) -> str:
    return code if code in dict(listed) else ""
