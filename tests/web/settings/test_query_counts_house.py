"""The pages of the house ask a fixed number of questions, however large the house is."""

import pytest

from tests.cast import MONDAY, person, team
from tests.web.counts import counted
from wendu.customers.actions import create_customer, define_field
from wendu.identity.models import Holiday

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
