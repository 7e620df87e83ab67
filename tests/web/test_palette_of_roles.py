"""The palette of each of the six roles: all it offers opens for that person, and no page of theirs is missing."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.web.routes import ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SIX = ("alice", "mona", "sam", "mia", "eve", "ada")
BEFORE_THE_DOOR = {
    "account_inactive", "account_reauthenticate", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done",
}  # fmt: skip
FOR_MACHINES = {"health-live", "health-ready", "offline:manifest", "offline:shelf", "offline:worker"}
PIECES = {
    "customers:columns", "customers:composing", "customers:names", "customers:similar", "duplicates:reach",
    "imports:blank", "saved_views:new", "search:find",
}  # fmt: skip
ONE_STEP_FURTHER = {
    "quadrants:time",
    "duplicates:apart",
    "settings:field_new",
    "settings:team_new",
    "worth:pairing_new",
}
READERS_ARE_REFUSED_LATER = {"opportunities:whom", "steps:whom", "talks:new", "touches:new", "offline:waiting"}
"""Pages that are no place to go to; the last are about touches and deals, which those who only read do not write."""


def offers(client):
    return [offer for group in client.get("/search/").context["groups"] for offer in group.offers]


def opens(client, offer) -> bool:
    if offer.name:
        answer = client.post(offer.url, {offer.name: offer.value, "theme": offer.value, "language": offer.value})
    else:
        answer = client.get(offer.url)
    return answer.status_code in (200, 204, 302)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", SIX)
def test_all_that_is_offered_can_be_opened(cast, scene, enter, who, language):
    client = enter(getattr(cast, who), language)
    found = sorted(offers(client), key=lambda offer: offer.code == "logout")

    assert [offer.code for offer in found if not opens(client, offer)] == []
    assert [offer.code for offer in found if not offer.label.strip()] == []


def pages(client) -> set[str]:
    """The pages without a thing in their address that this person can open."""
    found = set()
    for name, route in ROUTES.items():
        if "GET" not in route.methods:
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if client.get(url).status_code == 200:
            found.add(name)
    return found


@pytest.mark.parametrize("who", SIX)
def test_no_page_of_theirs_is_missing(cast, scene, enter, who):
    client = enter(getattr(cast, who))
    offered = {offer.url.partition("?")[0] for offer in offers(client)}

    missing = {name for name in pages(client) if reverse(name) not in offered}
    missing -= BEFORE_THE_DOOR | FOR_MACHINES | PIECES | ONE_STEP_FURTHER
    if who in ("mia", "eve"):
        missing -= READERS_ARE_REFUSED_LATER

    assert sorted(missing) == []
