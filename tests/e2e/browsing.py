"""A browser for a whole file: one company, one sign-in per person, and a page that remembers what went wrong on it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def signed_in(user: Any, url: str) -> dict[str, Any]:
    """The state of a browser in which somebody has signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"cookies": [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}], "origins": []}


def opener(browser: Any, url: str, user: Any) -> tuple[Callable[..., Any], list[Any]]:
    """A function that opens a page as this user; faults of script, network and policy are collected on it."""
    contexts: list[Any] = []

    def opened(size: dict[str, int] = DESK, language: str = "zh-CN", **options: Any) -> Any:
        context = browser.new_context(viewport=size, locale=language, base_url=url, **options)
        if user is not None:
            state = signed_in(user, url)
            context.add_cookies(state["cookies"])
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda said: page.faults.append(said.text) if is_fault(said) else None)
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.on("requestfailed", lambda asked: page.faults.extend(failure(asked)))
        page.on("response", lambda got: page.faults.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
        page.on("dialog", lambda dialog: (page.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        return page

    return opened, contexts


def is_fault(said: Any) -> bool:
    """An error in the console; a search that the next key made pointless is none, though htmx says it was aborted."""
    return said.type == "error" and not said.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))


def failure(asked: Any) -> list[str]:
    """A request that failed; one that was left behind by going to another page did not."""
    return [] if "ERR_ABORTED" in (asked.failure or "") else [f"failed: {asked.url}"]
