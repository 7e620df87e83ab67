"""The corrections of a record: who wrote what over what, of the customer, its people and its deals."""

import pytest

from tests.factories import make_contact, make_opportunity
from tests.web.one_customer import alice, story
from wendu.customers.actions import add_contact_point, edit_customer
from wendu.desk import edits
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.opportunities.actions import edit_opportunity

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def url(story):
    return f"{story.page_url}corrections/"


def test_every_value_stands_with_the_one_before_it(alice, story, url, cast):
    edit_customer(customer=story.customer, changes={"city": "嘉兴", "tier": "key"}, actor=cast.alice, at=now())
    edit_customer(customer=story.customer, changes={"city": "杭州"}, actor=cast.mona, at=now())
    deal = make_opportunity(story.customer, "产线二期", at=now())
    edit_opportunity(opportunity=deal, changes={"amount_minor": 12_800_00}, actor=cast.alice, at=now())

    rows = alice.get(url).context["rows"]

    first, second, third = rows[0], rows[2], rows[3]
    assert (first[1], first[0].actor) == ("产线二期", cast.alice.display_name)
    changes = [(each.name, each.before, each.after) for each in second[0].changes]
    assert changes == [("城市", "嘉兴", "杭州")]
    assert second[0].actor == cast.mona.display_name
    assert {each.name for each in third[0].changes} >= {"城市"}


def test_numbers_of_people_stay_masked(alice, story, url, cast):
    contact = make_contact(story.customer, "罗敏")
    add_contact_point(
        customer=story.customer, contact=contact, kind="mobile", value="13900139000", actor=cast.alice, at=now()
    )

    assert "13900139000" not in alice.get(url).content.decode()


def test_older_corrections_follow_page_by_page(alice, story, url, cast, monkeypatch):
    monkeypatch.setattr(edits, "PAGE", 3)
    for number in range(5):
        edit_customer(customer=story.customer, changes={"note": f"第{number}次"}, actor=cast.alice, at=now())

    seen, where = [], url
    while where:
        page = alice.get(where)
        seen += [line for line, _about in page.context["rows"]]
        where = page.context["next_url"]

    notes = [each.after for line in seen for each in line.changes if each.name == "备注"]
    assert notes[:5] == [f"第{number}次" for number in (4, 3, 2, 1, 0)]
    assert [line.at for line in seen] == sorted((line.at for line in seen), reverse=True)
    assert len(seen) == Entry.objects.filter(root_id=story.customer.pk, verb__in=edits.CORRECTIONS).count()


def test_an_outsider_finds_nothing_and_a_page_that_is_none_begins_anew(alice, cast, enter, url):
    assert enter(cast.charlie).get(url).status_code == 404
    assert alice.get(f"{url}?after=x").status_code == 200
    assert alice.get(f"{url}?after=99999999999999999999").status_code == 200
    assert alice.get(f"{url}?after=999999999").context["rows"] == []
