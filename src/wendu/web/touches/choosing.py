"""Whom a touch or a deal is with: found by name or number, or picked from those one works on."""

from datetime import date
from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wendu.coach.models import Standing
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.search.queries import find
from wendu.touches.models import Touch
from wendu.web.fragments import is_fragment, person

ROWS = 10
DUE_ROWS, LATE_ROWS = 40, 30


def choose(request: HttpRequest, title: str, *, to: str) -> HttpResponse:
    """Ask for the customer first; `to` is the address that goes on with it."""
    words = request.GET.get("q", "").strip()[:80]
    user = person(request)
    rows = found(user, words) if words else usual(user)
    context = {
        "words": words,
        "rows": rows,
        "in_drawer": is_fragment(request),
        "title": title,
        "to": to,
        "here": request.path,
    }
    target = request.headers.get("HX-Target")
    if is_fragment(request):
        return render(request, "touches/_whom.html" if target == "whom" else "touches/_choose.html", context)
    return render(request, "touches/choose.html", context)


def found(user: User, words: str) -> list[Customer]:
    """Customers that fit the words, also through their people."""
    ids = list(dict.fromkeys(entry.customer_id for entry in find(words, user=user, limit=ROWS * 3)))[:ROWS]
    rows = {row.pk: row for row in Customer.objects.visible_to(user).standing().filter(pk__in=ids)}
    return [rows[pk] for pk in ids if pk in rows]


def at_hand(user: User, today: date) -> list[Customer]:
    """Names for a device without a connection: the next to be seen, latest first, and those one was in touch with."""
    mine = Standing.objects.visible_to(user).filter(owner=user, is_hidden=False, due_on__lte=today)
    due = list(mine.order_by("-due_on", "-pk").values_list("pk", flat=True)[:DUE_ROWS])
    planned = {row.pk: row for row in Customer.objects.visible_to(user).standing().filter(pk__in=due)}
    return list({row.pk: row for row in (*planned.values(), *usual(user, rows=LATE_ROWS))}.values())


def usual(user: User, *, rows: int = ROWS) -> list[Customer]:
    """Those one was in touch with lately, then those whose touch is due, as many as `rows`."""
    mine = Touch.objects.visible_to(user).standing().filter(author=user)
    lately = mine.values("customer_id").annotate(latest=Max("touched_on")).order_by("-latest", "-customer_id")[:rows]
    ids = [row["customer_id"] for row in lately]
    if len(ids) < rows:
        due = Standing.objects.visible_to(user).filter(owner=user, is_hidden=False).order_by("due_on", "pk")
        ids += [pk for pk in due.values_list("pk", flat=True)[:rows] if pk not in ids]
    known = {row.pk: row for row in Customer.objects.visible_to(user).standing().filter(pk__in=ids[:rows])}
    return [known[pk] for pk in ids if pk in known]


def as_uuid(text: str) -> UUID | None:
    """Read an address part; what is no id is nobody."""
    try:
        return UUID(text)
    except ValueError:
        return None
