"""A calendar programme asks for somebody's days by a secret address; and the page on which one gets such an address."""

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.agenda.feeds import feed_by_secret, feed_of, make_feed, note_read, restore_feed, revoke_feed
from wendu.desk.occasions import occasions_of
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.web.calendar.ics import calendar_file
from wendu.web.fragments import person, said
from wendu.web.letters.post import link

READS, IN_SECONDS = 60, 600
TOO_MANY = 429


@login_not_required  # the secret is the key: calendar programmes cannot sign in
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Give the days ahead of whom the secret belongs to; whatever is wrong with it, there is no such page."""
    if _asks_too_often(secret):
        return HttpResponse(status=TOO_MANY, headers={"Retry-After": str(IN_SECONDS)})
    row = feed_by_secret(secret)
    if row is None:
        raise Http404
    at, house = now(), Organisation.objects.current()
    note_read(row, at=at)
    with translation.override(row.user.language or house.language):
        body = calendar_file(row.user, occasions_of(row.user, at), today=house.today(at))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="wendu.ics"'
    answer["Cache-Control"], answer["ETag"] = "private, no-cache", etag
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=answer) or answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest) -> HttpResponse:
    """Say whether there is an address, or make a new one and show it, this once."""
    user = person(request)
    address = ""
    if request.method == "POST":
        secret = make_feed(user=user, actor=user, at=now())
        address = link("calendar:feed", secret)
    context: dict[str, Any] = {"feed": feed_of(user), "address": address}
    if address:
        context["webcal"] = "webcal" + address[address.index(":") :]
    return render(request, "calendar/subscription.html", context)


@require_POST
def ending(request: HttpRequest) -> HttpResponse:
    """Let one's address stop working."""
    user = person(request)
    revoke_feed(user=user, actor=user, at=now())
    page = reverse("calendar:subscription")
    return said(request, _("The address works no more"), undo_url=reverse("calendar:subscription_return"), back=page)


@require_POST
def returning(request: HttpRequest) -> HttpResponse:
    """Let it work again."""
    user = person(request)
    restore_feed(user=user, actor=user, at=now())
    return said(request, _("The address works again"), back=reverse("calendar:subscription"))


def _asks_too_often(secret: str) -> bool:
    """Count the reads of one address, known or not, in this process; the secret itself is not kept here either."""
    key = f"calendar-feed-{hashlib.sha256(secret.encode()).hexdigest()}"
    cache.add(key, 0, IN_SECONDS)
    try:
        return cache.incr(key) > READS
    except ValueError:  # it ran out in between
        return False
