"""No page keeps the database busy without end, and nobody asks so much that others have to wait."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wendu.identity.models import Organisation
from wendu.kernel.errors import ActionError, TooOften
from wendu.kernel.patience import patient_for, was_given_up
from wendu.web.fragments import person
from wendu.web.middleware import Answer, told_refusal

UNAVAILABLE = 503
MINUTE = 60


class TakesTooLong(ActionError):
    """A question the database could not answer while somebody waits."""

    code = "takes_too_long"
    message = _(
        "This takes longer than the %(seconds)s seconds a page may take. Ask for less at a time: fewer days, one "
        "owner, one class, more of a name; or take the list out as a file, which is written in the background."
    )


class Patience:
    """Each statement of a page has its time; what takes longer is given up, and the page says how to ask for less."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)  # nothing large is asked there, and a sign of life needs no database
        with patient_for(settings.STATEMENT_SECONDS):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say how to narrow the question; any other fault goes on."""
        if not was_given_up(error):
            return None
        return told_refusal(request, TakesTooLong(seconds=settings.STATEMENT_SECONDS), UNAVAILABLE)


def unhurried(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Count what one person asks of a search or a list in a minute, in this process, and refuse what is too much."""

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        most = Organisation.objects.current().asks_a_minute
        if most:
            minute, gone = divmod(int(time.time()), MINUTE)
            if _asked(f"asks-{person(request).pk}-{minute}") > most:
                raise TooOften(most=most, seconds=MINUTE - gone)
        return view(request, *args, **kwargs)

    return counted


def _asked(key: str) -> int:
    cache.add(key, 0, 2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out in between
        return 1
