"""Choosing language and theme; both answer with the page one came from."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wendu.identity.actions import edit_preferences
from wendu.identity.choices import Theme
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.web.fragments import person, safe_next


@login_not_required  # the sign-in page has the switch, too
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose a language: for good when logged in, and for this browser."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if isinstance(request.user, User):
        edit_preferences(user=request.user, actor=request.user, at=now(), language=chosen)
    response = redirect(safe_next(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light, dark, or what the system says."""
    chosen = request.POST.get("theme", "")
    if chosen not in Theme.values:
        return HttpResponseBadRequest()
    user = person(request)
    edit_preferences(user=user, actor=user, at=now(), theme=chosen)
    return redirect(safe_next(request))
