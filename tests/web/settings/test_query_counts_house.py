"""The pages of the house ask a fixed number of questions, however large the house is."""

import pytest

from tests.cast import MONDAY, person, team
from tests.web.counts import counted
from wendu.customers.actions import create_customer, define_field
from wendu.identity.models import Holiday
from wendu.packs.actions import draft_pack

pytestmark = pytest.mark.django_db
PAGES = {
    "settings": "/settings/",
    "organisation": "/settings/organisation/",
    "days off": "/settings/holidays/?year=2026",
    "teams": "/settings/teams/",
    "people": "/settings/people/",
    "playbook": "/settings/playbook/",
    "own fields": "/settings/fields/",
    "audit log": "/settings/audit/",
    "whole account": "/settings/account/",
}


def grow(cast) -> None:
    """A larger house."""
    for number in range(12):
        person(f"extra{number}", in_team=team(f"团队 {number}", cast.south))
        Holiday.objects.create(day=f"2026-05-{number + 1:02}", name="司庆")
        define_field(code=f"own{number}", label_zh="自填", label_en="Own", actor=cast.ada, at=MONDAY)
        create_customer(name=f"客户 {number}", owner=cast.alice, actor=cast.alice, at=MONDAY)


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("size", ["small", "larger"])
def test_query_counts_of_an_administrator(cast, enter, place, size):
    client = enter(cast.ada)
    create_customer(name="桐溪注塑", owner=cast.alice, actor=cast.alice, at=MONDAY)
    if size == "larger":
        grow(cast)
    client.get(PAGES[place])

    with counted(f"admin: {place}"):
        assert client.get(PAGES[place]).status_code == 200


def test_query_counts_of_a_colleague(cast, enter):
    client = enter(cast.ada)
    grow(cast)

    with counted("admin: colleague"):
        assert client.get(f"/settings/people/{cast.alice.uuid}/").status_code == 200


DRAFT_PAGES = {
    "draft": "",
    "draft numbers": "forms/windows/",
    "draft cards": "forms/cards/",
    "draft names": "forms/names/",
    "draft questions": "forms/questions/",
    "draft slow fire": "forms/track/",
    "draft order": "forms/urgency/",
    "draft new play": "new-play/?like=strike_a",
    "draft plays": "plays/",
    "draft play": "plays/strike/",
    "draft rebase": "rebase/",
    "draft effect": "effect/?aspect=class",
    "draft publication": "publication/",
}


@pytest.mark.parametrize("place", DRAFT_PAGES)
@pytest.mark.parametrize("size", ["small", "larger"])
def test_query_counts_of_a_draft_of_the_playbook(cast, enter, place, size):
    client = enter(cast.ada)
    draft = draft_pack(base="standard 1.0.0", actor=cast.ada, at=MONDAY)
    if size == "larger":
        grow(cast)
        for _each in range(4):
            draft_pack(base="standard 1.0.0", actor=cast.ada, at=MONDAY)
    page = f"/settings/playbook/drafts/{draft.uuid}/{DRAFT_PAGES[place]}"
    client.get(page)

    with counted(f"admin: {place}"):
        assert client.get(page).status_code == 200


def test_query_counts_of_a_version_of_the_playbook(cast, enter):
    client, page = enter(cast.ada), "/settings/playbook/versions/standard 1.0.0/"
    client.get(page)

    with counted("admin: version"):
        assert client.get(page).status_code == 200
