"""What a browser asks for to install the app, and the page of what waits on this device."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wendu.web.creating import LOGGERS
from wendu.web.fragments import person
from wendu.web.offline.files import blank, offline_page, worker_script
from wendu.web.templatetags.ui import PAPER

CHECK_EACH_TIME = "no-cache"


@login_not_required  # a browser asks before anybody has signed in
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Name the app, its icons and colours, in the reader's language."""
    said = {
        "id": "/",
        "name": _("Wendu"),
        "short_name": _("Wendu"),
        "description": _("Whom to see today, why now, and what to say."),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER["light"],
        "theme_color": PAPER["light"],
        "icons": _icons(),
        "shortcuts": [
            {"name": _("Log touch"), "url": reverse("touches:new")},
            {"name": pgettext("place", "Customers"), "url": reverse("customers:list")},
        ],
    }
    answer = JsonResponse(said, content_type="application/manifest+json")
    answer["Cache-Control"] = CHECK_EACH_TIME
    return answer


@login_not_required  # the worker belongs to the device, not to a person
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Give the service worker of the whole site."""
    answer = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"], answer["Service-Worker-Allowed"] = CHECK_EACH_TIME, "/"
    return answer


@login_not_required  # kept on the device, it must not know anybody
@require_safe
def page(_request: HttpRequest, language: str) -> HttpResponse:
    """Give the page that is shown without a connection."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    answer = HttpResponse(offline_page(language))
    answer["Cache-Control"], answer["Content-Language"] = CHECK_EACH_TIME, language
    return answer


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits on this device; the device itself fills it in."""
    may_log = person(request).role in LOGGERS
    return render(request, "offline/waiting.html", {"form": blank(), "may_log": may_log})


def _icons() -> list[dict[str, str]]:
    return [
        {"src": static("wendu/app/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("wendu/app/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": static("wendu/app/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
        {"src": static("wendu/app/maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
