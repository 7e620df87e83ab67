"""Every address that writes, sent what no browser sends: other encodings, broken signs, days of no calendar."""

import re
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from tests.web.routes import ROUTES, named_routes
from tests.web.writes import WRITES, prepare, story_for_writes

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'<(?:input|select|textarea)[^>]*?\bname="([^"]+)"')
MACHINES_OWN = {"csrfmiddlewaretoken", "q"}
VALUES = {
    "GB18030": "苏州桐溪".encode("gb18030"),
    "UTF-16": "苏州桐溪".encode("utf-16"),
    "lone surrogate": b"\xed\xa0\x80",
    "NUL": "苏\x00州".encode(),
    "endless number": b"9" * 400,
    "not a number": b"NaN",
    "infinite": b"-1e999",
    "year nought": b"0000-00-00",
    "year of no calendar": b"10000-01-01",
    "first day": b"0001-01-01",
    "last day": b"9999-12-31",
    "too long": "长".encode() * 5000,
}
FORM = "application/x-www-form-urlencoded"
_asked: dict[tuple[str, str], list[str]] = {}
"""By person and address what the form asks for: it is read once, then sent each of the values."""


def written(things):
    for name in sorted(set(named_routes())):
        route = ROUTES[name]
        if "POST" in route.methods:
            url = reverse(name, kwargs=route.keywords(things))
            yield name, f"{url}?customer={things.keywords('customer')['uuid']}" if route.asks_for_customer else url


def fields_of(client, name, url):
    """What the form there asks for; of a bare button the usual names."""
    page = client.get(url).content.decode() if "GET" in ROUTES[name].methods else ""
    found = set(FIELD.findall(page.partition("<main")[2])) - MACHINES_OWN
    return sorted(found)[:60] or ["reason", "on", "value", "until", "state", "to", "owner"]


@pytest.mark.parametrize("who", ["ada", "alice"])
@pytest.mark.parametrize("odd", VALUES)
def test_no_form_falls_over_what_no_browser_sends(cast, things, enter, odd, who):
    client, value = enter(getattr(cast, who)), quote_from_bytes(VALUES[odd])
    client.raise_request_exception = False
    fallen = []

    for name, url in written(things):
        with transaction.atomic():
            if (who, name) not in _asked:
                _asked[who, name] = fields_of(client, name, url)
            body = "&".join(f"{field}={value}" for field in _asked[who, name])
            if client.post(url, body, content_type=FORM).status_code >= 500:
                fallen.append(name)
            transaction.set_rollback(True)

    assert fallen == []


@pytest.mark.parametrize("odd", ["GB18030", "lone surrogate", "NUL", "endless number", "infinite", "last day"])
def test_one_wrong_value_among_right_ones_is_borne_too(cast, enter, odd):
    story, value, fallen = story_for_writes(cast), quote_from_bytes(VALUES[odd]), []
    hers, leader = enter(cast.alice), enter(cast.mona)
    hers.raise_request_exception = leader.raise_request_exception = False

    for name, write in WRITES.items():
        with transaction.atomic():
            client = leader if write.led else hers
            prepare(client, name, story)
            url, body = write.url(name, story), write.body(story)
            for field in body:
                rest = urlencode({key: right for key, right in body.items() if key != field}, doseq=True)
                answer = client.post(url, f"{rest}&{field}={value}", content_type=FORM)
                if answer.status_code >= 500:
                    fallen.append((name, field))
            transaction.set_rollback(True)

    assert fallen == []
