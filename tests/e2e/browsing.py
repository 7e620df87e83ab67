"""A browser for a whole file: one company, one sign-in per person, and a page that remembers what went wrong on it."""

import re
from collections.abc import Callable
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

EVERYTHING, WORDS, WIDTH = "everything", "words", "width"
WALKS = {
    "Chinese light desk": ("zh-CN", "light", DESK, EVERYTHING),
    "Chinese dark phone": ("zh-CN", "dark", PHONE, EVERYTHING),
    "English light desk": ("en-US", "light", DESK, WORDS),
    "English dark phone": ("en-US", "dark", PHONE, WIDTH),
}
"""How a page is looked at: colours in each scheme and what a phone leaves out are the same in every language, so
contrast - two thirds of what axe costs - is measured in one, labels are read in both, widths everywhere."""
HAN = re.compile(r"[\u3400-\u9fff]+")
FOUND = """options => axe.run({resultTypes: ['violations'], ...options}).then(all => all.violations
  .filter(each => ['serious', 'critical'].includes(each.impact))
  .map(each => [each.id, each.nodes[0].html.slice(0, 200)]))"""


def serious(page: Any, *, has_contrast: bool = True) -> list[list[str]]:
    """What axe finds serious or critical: the rule and the first place."""
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(FOUND, {} if has_contrast else {"rules": {"color-contrast": {"enabled": False}}})


def in_the_way(page: Any, seen: str) -> list[list[str]]:
    """What of an open page shuts somebody out or sticks out, as far as this walk looks."""
    found = [] if seen == WIDTH else serious(page, has_contrast=seen == EVERYTHING)
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append(["wider than the screen", ""])
    return found


def chinese(text: str, written: set[str]) -> set[str]:
    """Chinese words of an English page that nobody wrote."""
    for each in sorted(written, key=len, reverse=True):
        text = text.replace(each, "")
    return set(HAN.findall(text)) - {"中文", "简体中文", "中"}  # a language is called by its own name


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
