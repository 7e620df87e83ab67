"""The pages of the house ask a fixed number of questions, however large the house is."""

import pytest

from tests.cast import person, team
from tests.web.counts import counted
from wendu.identity.models import Holiday

pytestmark = pytest.mark.django_db
PAGES = {
    "settings": "/settings/",
    "organisation": "/settings/organisation/",
    "days off": "/settings/holidays/?year=2026",
    "teams": "/settings/teams/",
    "people": "/settings/people/",
}


def grow(cast) -> None:
    """A larger house."""
    for number in range(12):
        person(f"extra{number}", in_team=team(f"团队 {number}", cast.south))
        Holiday.objects.create(day=f"2026-05-{number + 1:02}", name="司庆")


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("size", ["small", "larger"])
def test_query_counts_of_an_administrator(cast, enter, place, size):
    client = enter(cast.ada)
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
