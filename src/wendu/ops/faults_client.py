"""A browser of a few lines: it signs in, fills the log form in and sends it, over loopback only."""

import http.client
import re
import urllib.error
import urllib.request
from html import unescape
from http.cookiejar import CookieJar
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

TIMEOUT = 8.0
SEE_OTHER = (302, 303)
UNSENT, CHOSEN = ("submit", "button", "file"), ("radio", "checkbox")


class Trouble(RuntimeError):
    """The service did not answer, or answered something else than "saved"."""


class _NoDetour(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_request: Any) -> urllib.request.Request | None:
        return None


class Client:
    """One person at one browser."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._cookies), _NoDetour()
        )
        self._forms: dict[str, dict[str, str]] = {}

    def wait_until_up(self, seconds: float) -> None:
        """Wait for the first answer."""
        end = monotonic() + seconds
        while True:
            try:
                self._ask("/accounts/login/")
            except Trouble:
                if monotonic() > end:
                    raise
                sleep(0.5)
            else:
                return

    def sign_in(self, login: str, password: str, *, patience: float) -> None:
        """Sign in as a person would."""
        end = monotonic() + patience
        while True:
            _, page, _ = self._ask("/accounts/login/")
            values = {**_read(page), "login": login, "password": password}
            status, page, _ = self._ask("/accounts/login/", values)
            if status in SEE_OTHER:
                return
            if monotonic() > end:
                raise Trouble(f"sign in: {status} {page[:300]}")
            sleep(1)

    def log_forms(self) -> list[str]:
        """The log forms of some customers one may write about, read before anything is killed."""
        _, page, _ = self._ask("/customers/")
        found = list(dict.fromkeys(re.findall(r"/customers/([0-9a-f-]{36})/", page)))[:8]
        for uuid in found:
            address = f"/touches/new/?customer={uuid}"
            _, form, _ = self._ask(address)
            self._forms[address] = _read(form)
        if not self._forms:
            raise Trouble("no customer to log a touch with")
        return list(self._forms)

    def log_touch(self, address: str, *, key: str, note: str) -> None:
        """Send the log form; anything but "saved" is trouble."""
        values = {**self._forms[address], "kind": "phone", "note": note, "form_key": key}
        status, page, location = self._ask(address, values)
        if status not in SEE_OTHER or "login" in location:
            raise Trouble(f"{status} {page[:200]}")

    def _ask(self, path: str, values: dict[str, str] | None = None) -> tuple[int, str, str]:
        data = urlencode(values).encode() if values is not None else None
        request = urllib.request.Request(self._base + path, data=data)  # noqa: S310  loopback
        request.add_header("Referer", self._base + path)
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), ""
        except urllib.error.HTTPError as answer:
            with answer:
                body = answer.read().decode("utf-8", "replace")
            if answer.code in SEE_OTHER:
                return answer.code, body, answer.headers.get("Location", "")
            raise Trouble(f"{answer.code} {path}: {body[:300]}") from None
        except (OSError, http.client.HTTPException) as broken:
            raise Trouble(f"{path}: {broken}") from None


def _read(page: str) -> dict[str, str]:
    """What the forms of a page would send as they stand."""
    values: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        given = {name: unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        kind, name = given.get("type", "text"), given.get("name")
        if name and kind not in UNSENT and (kind not in CHOSEN or re.search(r"\schecked\b", tag)):
            values[name] = given.get("value", "")
    return values
