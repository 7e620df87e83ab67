"""What holds for every request: whose language, through which door, how refusals are told, what may be kept."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from wendu.identity.models import Organisation, User
from wendu.journal.choices import Door
from wendu.journal.doors import door
from wendu.kernel.errors import ActionError, Denied, Stale, TooOften
from wendu.web.forwarding import Elsewhere
from wendu.web.fragments import is_fragment

Answer = Callable[[HttpRequest], HttpResponse]

UNAUTHORISED, FORBIDDEN, CONFLICT, UNPROCESSABLE, TOO_MANY = 401, 403, 409, 422, 429


class OwnLanguage:
    """The language a person chose wins over the browser's; where neither names one we speak, the house's holds."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = get_user(request)  # the person itself: actions ask for its type, which a lazy stand-in hides
        chosen = request.user.language if isinstance(request.user, User) else ""
        if not chosen and _asks_in_vain(request):
            chosen = Organisation.objects.current().language
        if chosen and translation.check_for_language(chosen):
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class WebDoor:
    """What is written here came in through the web; pages behind the login are kept by no cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with door(Door.WEB.value):
            response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        patch_vary_headers(response, ["HX-Request"])
        return _asked_to_sign_in(request, response)


class Forwarding:
    """Whoever looks for what was merged is led to what it became."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, moved: Exception) -> HttpResponse | None:
        """Give the same address with the other name in it; not for ever, as a merge may be taken apart."""
        if not isinstance(moved, Elsewhere):
            return None
        return redirect(request.get_full_path().replace(moved.old, moved.new, 1))


class Refusals:
    """An action that refuses is answered in words: who may do it, what changed meanwhile, how to mend it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refused: Exception) -> HttpResponse | None:
        """Tell a refusal; anything else is a fault and goes on."""
        if not isinstance(refused, ActionError):
            return None
        return told_refusal(request, refused, _status_of(refused))


def told_refusal(request: HttpRequest, refused: ActionError, status: int) -> HttpResponse:
    """A refusal as a page or, beside a page that stays as it was, as a toast; who is too fast hears when to go on."""
    if is_fragment(request):
        # htmx shows an answer only if it may be swapped.
        response = render(request, "errors/_refused.html", {"words": refused.text()}, status=UNPROCESSABLE)
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
        response["X-Refused-Status"] = str(status)
    else:
        told = {"words": refused.text(), "status": status, "again": request.method == "GET"}
        response = render(request, "errors/refused.html", told, status=status)
    if isinstance(refused, TooOften):
        response["Retry-After"] = str(refused.seconds)
    return response


def _asks_in_vain(request: HttpRequest) -> bool:
    """Whether this browser asks for languages, and neither there nor earlier for one of ours; a probe asks for none."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    chose = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(settings.LANGUAGES)
    return bool(asked) and not chose and not any(code.partition("-")[0] in ("zh", "en") for code, _weight in asked)


def _status_of(refused: ActionError) -> int:
    if isinstance(refused, Denied):
        return FORBIDDEN
    if isinstance(refused, TooOften):
        return TOO_MANY
    return CONFLICT if isinstance(refused, Stale) else UNPROCESSABLE


def _asked_to_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A piece of a page must not become the sign-in page: the script reloads on 401."""
    to_login = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    if is_fragment(request) and to_login and not request.user.is_authenticated:
        return HttpResponse(status=UNAUTHORISED)
    return response
