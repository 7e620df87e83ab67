"""Pairs that may be one, searching for them, and telling them apart."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.customers.choices import PointKind
from wendu.desk.alike import reason_words
from wendu.jobs.choices import JobState
from wendu.kernel.clock import now
from wendu.merges.finding import begin_scan, resume_scan, stop_scan, tell_apart, undo_telling_apart
from wendu.merges.likely import same_reach
from wendu.merges.models import Pair, Scan
from wendu.merges.queries import latest_job, latest_scan, may_merge, pairs_for, told_apart_for
from wendu.merges.scoring import STRONG_FROM
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import is_fragment, person

AT_ONCE, APART_AT_MOST = 50, 100
STOPPED = (JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Line:
    """One pair: how alike, why, and whether this person may decide about it."""

    pair: Pair
    percent: int
    is_strong: bool
    reasons: list[str]
    may_merge: bool


@require_http_methods(["GET", "HEAD", "POST"])
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs one sees both of, the likeliest first; sent to, it searches anew."""
    user = person(request)
    permit(user, "duplicates.find")
    if request.method == "POST":
        begin_scan(actor=user, at=now())
        return redirect("duplicates:list")
    context = _state(request)
    if is_fragment(request):
        return render(request, "duplicates/_search.html", context)
    page = Paginator(pairs_for(user), AT_ONCE).get_page(request.GET.get("page", "")[:6])
    lines = [_line(user, pair) for pair in page.object_list]
    return render(request, "duplicates/list.html", {**context, "page": page, "lines": lines})


@require_safe
def apart(request: HttpRequest) -> HttpResponse:
    """The pairs somebody told apart, and the way back."""
    user = person(request)
    permit(user, "duplicates.find")
    rows = [(row, may_merge(user, row.first, row.second)) for row in told_apart_for(user)[:APART_AT_MOST]]
    return render(request, "duplicates/apart.html", {"rows": rows})


@require_GET
def reach(request: HttpRequest) -> HttpResponse:
    """Say at whom one sees the number or address being typed stands already."""
    kinds = {"mobile": PointKind.MOBILE, "email": PointKind.EMAIL, "wechat": PointKind.WECHAT}
    typed = [(kind.value, request.GET.get(name, "").replace("\x00", "")[:200]) for name, kind in kinds.items()]
    return render(request, "duplicates/_reach.html", {"rows": same_reach(person(request), typed)})


@require_POST
def stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let the search stop."""
    stop_scan(scan=_scan(request, uuid), actor=person(request), at=now())
    return redirect("duplicates:list")


@require_POST
def resumption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let the search go on."""
    resume_scan(scan=_scan(request, uuid), actor=person(request), at=now())
    return redirect("duplicates:list")


@require_POST
def telling_apart(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Say that two are not one."""
    one, two = visible_customer(request, uuid), visible_customer(request, other)
    said = tell_apart(one=one, other=two, actor=person(request), at=now())
    undo = reverse("duplicates:returning", kwargs={"uuid": said.uuid})
    words = _("%(one)s and %(other)s stay two") % {"one": one.name, "other": two.name}
    messages.success(request, words, extra_tags=undo)
    return redirect("duplicates:list")


@require_POST
def returning(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take that back."""
    said = get_object_or_404(told_apart_for(person(request)), uuid=uuid)
    undo_telling_apart(distinct=said, actor=person(request), at=now())
    words = _("%(one)s and %(other)s are looked at again") % {"one": said.first.name, "other": said.second.name}
    messages.success(request, words)
    if not is_fragment(request):
        return redirect("duplicates:list")
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = reverse("duplicates:list")
    return answer


def _scan(request: HttpRequest, uuid: UUID) -> Scan:
    permit(person(request), "duplicates.find")
    found: Scan = get_object_or_404(Scan, uuid=uuid)
    return found


def _state(request: HttpRequest) -> dict[str, Any]:
    scan = latest_scan()
    job = latest_job(scan) if scan is not None else None
    runs = job is not None and job.is_open
    return {
        "scan": scan,
        "job": job,
        "runs": runs,
        "may_resume": job is not None and job.state in STOPPED and can(person(request), "duplicates.find"),
    }


def _line(user: Any, pair: Pair) -> Line:
    return Line(
        pair=pair,
        percent=round(pair.score * 100),
        is_strong=pair.score >= STRONG_FROM,
        reasons=reason_words(pair.reasons),
        may_merge=may_merge(user, pair.first, pair.second),
    )
