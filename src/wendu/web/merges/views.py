"""Merging: whom with, side by side, done, and apart again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.coach.frame import Frame
from wendu.customers.models import Contact, Customer
from wendu.customers.queries import contacts_of
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied, Stale
from wendu.merges.actions import Outlook, merge_contacts, merge_customers, outlook, unmerge
from wendu.merges.choices import Kind
from wendu.merges.likely import likely_customers
from wendu.merges.models import Merge
from wendu.merges.queries import latest_merges, may_merge, may_part, merges_of
from wendu.web.customers.finding import visible_contact, visible_customer
from wendu.web.fragments import done_once, is_fragment, person, safe_next
from wendu.web.merges.showing import Row, chosen_in, foreseen, moved_words, rows_of
from wendu.web.touches.choosing import found

UNPROCESSABLE = 422


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """What was merged lately, and the way back."""
    user, at = person(request), now()
    lines = [
        (row, moved_words(row.moved), moved_words(row.stayed), may_part(user, row, at)) for row in latest_merges(user)
    ]
    return render(request, "merges/list.html", {"lines": lines, "may_find": can(user, "duplicates.find")})


@require_POST
def parting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make two of what was merged."""
    merge = get_object_or_404(merges_of(person(request)), uuid=uuid)
    merge = unmerge(merge=merge, actor=person(request), at=now())
    words = _("%(kept)s and %(gone)s are two again") % {"kept": merge.kept_name, "gone": merge.gone_name}
    if stayed := moved_words(merge.stayed):
        words = _("%(words)s; with %(kept)s stays what came since: %(stayed)s") % {
            "words": words,
            "kept": merge.kept_name,
            "stayed": _(", ").join(stayed),
        }
    messages.success(request, words)
    here = reverse("customers:page", kwargs={"uuid": merge.customer.uuid})
    if not is_fragment(request):
        return redirect(safe_next(request, here))
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = here
    return answer


@require_safe
def whom(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose the other record: those that are alike first, any other by its name."""
    user, customer = person(request), visible_customer(request, uuid)
    permit(user, "customer.merge", customer)
    words = request.GET.get("q", "").strip()[:80]
    rows = found(user, words) if words else _alike(user, customer)
    context = {
        "customer": customer,
        "words": words,
        "rows": [row for row in rows if row.pk != customer.pk and may_merge(user, row)],
        "in_drawer": is_fragment(request),
    }
    if is_fragment(request):
        narrow = request.headers.get("HX-Target") == "twins"
        return render(request, "merges/_twins.html" if narrow else "merges/_whom.html", context)
    return render(request, "merges/whom.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Both side by side, whose value counts field by field, and what would be; then make them one."""
    kept, gone = _two(request, uuid, other)
    if kept == gone:
        return redirect("customers:page", uuid=kept.uuid)

    def act(chosen: dict[str, str], seen: tuple[int, int] | None) -> Merge:
        keeps = request.POST.get("beside", "") == "on"
        return merge_customers(
            kept=kept,
            gone=gone,
            actor=person(request),
            at=now(),
            choices=chosen,
            keeps_owner_beside=keeps,
            seen=seen,
        )

    if request.method != "POST":
        return _shown(request, kept, gone, look=_look(request, kept, gone, {}))
    return _done(request, kept, gone, act)


@require_safe
def foreseen_page(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """What would be with these choices, worked out by doing it and leaving no trace."""
    kept, gone = _two(request, uuid, other)
    try:
        look = _look(request, kept, gone, chosen_in(request.GET))
    except Denied:
        raise
    except ActionError as refused:
        return render(request, "merges/_outlook.html", {"refused": refused.text(), "kept": kept})
    return render(request, "merges/_outlook.html", {"look": look, "kept": kept})


@require_safe
def people(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose the other person of the same customer."""
    contact = visible_contact(request, uuid)
    permit(person(request), "customer.merge", contact.customer)
    others = [each for each in contacts_of(person(request), contact.customer) if each.pk != contact.pk]
    context = {"contact": contact, "others": others, "in_drawer": is_fragment(request)}
    return render(request, "merges/_people.html" if is_fragment(request) else "merges/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def persons(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Two people side by side; then make them one."""
    kept, gone = visible_contact(request, uuid), visible_contact(request, other)
    permit(person(request), "customer.merge", kept.customer)
    permit(person(request), "customer.merge", gone.customer)
    if kept == gone:
        return redirect("customers:page", uuid=kept.customer.uuid)

    def act(chosen: dict[str, str], seen: tuple[int, int] | None) -> Merge:
        return merge_contacts(kept=kept, gone=gone, actor=person(request), at=now(), choices=chosen, seen=seen)

    return _done(request, kept, gone, act) if request.method == "POST" else _shown(request, kept, gone)


def _alike(user: User, customer: Customer) -> list[Customer]:
    return [each.customer for each in likely_customers(user, name=customer.name, city=customer.city)]


def _two(request: HttpRequest, uuid: UUID, other: UUID) -> tuple[Customer, Customer]:
    both = visible_customer(request, uuid), visible_customer(request, other)
    for each in both:
        permit(person(request), "customer.merge", each)
    return both


def _look(request: HttpRequest, kept: Customer, gone: Customer, chosen: dict[str, str]) -> Any:
    frame, at = Frame.at(now()), now()
    two = [Customer.objects.get(pk=each.pk) for each in (kept, gone)]  # trying it out writes on them
    seen: Outlook = outlook(kept=two[0], gone=two[1], actor=person(request), at=at, choices=chosen)
    return foreseen(seen.moved, seen.standing, frame)


def _done(
    request: HttpRequest,
    kept: Any,
    gone: Any,
    act: Callable[[dict[str, str], tuple[int, int] | None], Merge],
) -> HttpResponse:
    chosen = chosen_in(request.POST.dict())
    names = kept.name, gone.name
    try:
        merge, _is_new = done_once(
            request,
            "customer.merged",
            lambda: act(chosen, _seen(request)),
            find=lambda key: Merge.objects.get(uuid=key),
        )
    except (Denied, Stale):
        raise
    except ActionError as refused:
        return _shown(request, kept, gone, refused=refused.text())
    undo = reverse("merges:parting", kwargs={"uuid": merge.uuid})
    words = _("%(gone)s is part of %(kept)s now") % {"kept": names[0], "gone": names[1]}
    messages.success(request, words, extra_tags=undo)
    return redirect("customers:page", uuid=merge.customer.uuid)


def _shown(request: HttpRequest, kept: Any, gone: Any, *, refused: str = "", look: Any = None) -> HttpResponse:
    frame = Frame.at(now())
    rows = _rows(kept, gone, {} if refused else chosen_in(request.GET.dict()), frame)
    is_customer = isinstance(kept, Customer)
    kind = Kind.CUSTOMER if is_customer else Kind.CONTACT
    way = "merges:beside" if is_customer else "merges:persons"
    context = {
        "kept": kept,
        "gone": gone,
        "kind": kind.value,
        "customer": kept if is_customer else kept.customer,
        "differing": [row for row in rows if row.differs],
        "same": [row for row in rows if not row.differs and row.kept],
        "seen": f"{kept.revision},{gone.revision}",
        "swap": reverse(way, args=[gone.uuid, kept.uuid]),
        "look": look,
        "refused": refused,
    }
    return render(request, "merges/beside.html", context, status=UNPROCESSABLE if refused else 200)


def _rows(kept: Customer | Contact, gone: Customer | Contact, chosen: dict[str, str], frame: Frame) -> list[Row]:
    try:
        return rows_of(kept, gone, chosen, frame)
    except ActionError:
        return rows_of(kept, gone, {}, frame)


def _seen(request: HttpRequest) -> tuple[int, int] | None:
    """The revisions on the page; what is none was never on one of ours."""
    said = request.POST.get("seen", "").split(",")
    if not any(said):
        return None
    if len(said) != 2 or not all(each.isdecimal() and len(each) < 10 for each in said):  # noqa: PLR2004  two of them
        raise Stale
    return int(said[0]), int(said[1])
