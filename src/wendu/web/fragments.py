"""How a view answers: a piece of the page for htmx, a page or a redirect for everyone else; and forms sent twice."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from wendu.identity.models import User
from wendu.journal.actions import once
from wendu.kernel.entity import Entity, new_uuid

KEY_FIELD = "form_key"

E = TypeVar("E", bound=Entity)


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of the page."""
    asked = getattr(request, "htmx", None)
    return asked is not None and bool(asked) and not asked.boosted and not asked.history_restore_request


def page_or_fragment(
    request: HttpRequest, page: str, fragment: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The same thing as a whole page, or as the piece htmx asked for."""
    return render(request, fragment if is_fragment(request) else page, dict(context), status=status)


def said(request: HttpRequest, words: str, *, undo_url: str = "", body: str = "", back: str = "/") -> HttpResponse:
    """Say what was done, with undo: as a toast beside the piece `body` for htmx, else on the page one goes back to."""
    if not is_fragment(request):
        messages.success(request, words, extra_tags=undo_url)
        return HttpResponseRedirect(safe_next(request, back))
    toast = render_to_string("shell/_toast.html", {"words": words, "undo_url": undo_url}, request=request)
    return HttpResponse(body + toast)


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """Where a form wants to go back to, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fine = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if wanted and fine else fallback


def token_of(request: HttpRequest) -> str:
    """The token the forms of a page carry: one for all of them, since making each its own costs more than its form."""
    token: str | None = getattr(request, "one_token", None)
    if token is None:
        token = request.one_token = get_token(request)  # type: ignore[attr-defined]
    return token


def new_key() -> str:
    """A key for one form, so that sending it twice does it once."""
    return str(new_uuid())


def form_key(_request: HttpRequest) -> dict[str, Callable[[], str]]:
    """Context processor: `{{ form_key }}` is a fresh key (templates include `_key.html`)."""
    return {"form_key": new_key}


def done_once(request: HttpRequest, verb: str, act: Callable[[], E], *, find: Callable[[UUID], E]) -> tuple[E, bool]:
    """Carry out what a form asks for, once per form key; the second value tells whether it was done now."""
    return once(person(request), request.POST.get(KEY_FIELD, ""), verb, act, find=find)


def person(request: HttpRequest) -> User:
    """Who is logged in; the door has already turned away everybody else."""
    if not isinstance(request.user, User):
        raise TypeError("a view behind the login was reached without one")
    return request.user
