"""A customer beside its list: what the panel says, and the way from one customer of a list to the next."""

import re
from html import unescape

import pytest

from tests.web.counts import counted
from wendu.customers.actions import delete_customer
from wendu.kernel.clock import now
from wendu.touches.actions import TouchDraft, log_touch

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}
LISTS = ("", "?view=all&sort=due", "?class=B&sort=-name", "?sort=amount", "?sort=-latest", "?view=all&sort=deadline")


def rows(client, query: str) -> dict[str, str]:
    """Name and link of every row of a list, in its order."""
    body = client.get(f"/customers/{query}").content.decode()
    found = re.findall(r'data-open href="([^"]+)">([^<]+)</a>', body)
    return {name: unescape(link) for link, name in found}


def way(client, link: str):
    return client.get(link).context["way"]


def beside(link: str) -> str:
    return link.replace("?", "peek/?", 1)


@pytest.mark.parametrize("query", LISTS)
def test_one_walks_a_list_to_its_end_and_back_in_the_order_of_the_list(cast, scene, enter, query):
    client = enter(cast.alice)
    listed = rows(client, query)
    names, link = list(listed), next(iter(listed.values()))

    forth = []
    while link:
        page = client.get(link)
        forth.append(page.context["customer"].name)
        assert page.context["way"].place.number == str(len(forth))
        assert page.context["way"].place.count == str(len(names))
        link, here = page.context["way"].next_url, page.context["way"]
    assert forth == names

    back = []
    while here.previous_url:
        page = client.get(here.previous_url)
        back.append(page.context["customer"].name)
        here = page.context["way"]
    assert back == names[-2::-1]


def test_who_was_touched_keeps_the_neighbours_it_had(cast, scene, enter):
    client = enter(cast.alice)
    listed = rows(client, "?view=all&sort=heat")
    names = list(listed)
    before = way(client, listed["北栅纺织"])

    touch = TouchDraft(kind="visit", touched_on=scene.today, contact_ids=(scene.contacts["北栅纺织"].pk,))
    log_touch(customer=scene.customers["北栅纺织"], actor=cast.alice, at=now(), draft=touch)

    after = way(client, listed["北栅纺织"])
    place = names.index("北栅纺织")
    assert (before.place.previous.name, before.place.next.name) == (names[place - 1], names[place + 1])
    assert (after.place.previous, after.place.next) == (before.place.previous, before.place.next)


def test_who_meets_the_filter_no_longer_still_leads_on(cast, scene, enter):
    client = enter(cast.alice)
    listed = rows(client, "?f=latest.over:7&sort=name")
    names = list(listed)
    moved = names[1]

    touch = TouchDraft(kind="visit", touched_on=scene.today, contact_ids=(scene.contacts[moved].pk,))
    log_touch(customer=scene.customers[moved], actor=cast.alice, at=now(), draft=touch)

    seen = way(client, listed[moved])
    assert seen.place.has_left
    assert (seen.place.previous.name, seen.place.next.name) == (names[0], names[2])


def test_a_neighbour_that_is_gone_is_passed_over(cast, scene, enter):
    client = enter(cast.alice)
    listed = rows(client, "?view=all&sort=name")
    names = list(listed)

    delete_customer(customer=scene.customers[names[1]], actor=cast.alice, at=now())

    assert way(client, listed[names[0]]).place.next.name == names[2]


@pytest.mark.parametrize("query", ["list=&at=warm", "list=f%3Dheat.from:warm&at=1.0", "list=sort%3Ddue&at=9-9"])
def test_an_address_that_cannot_be_read_has_no_way_and_harms_nothing(cast, scene, enter, query):
    customer = scene.customers["砚湖轴承"]
    page = enter(cast.alice).get(f"/customers/{customer.uuid}/?{query}")

    assert page.status_code == 200
    assert page.context["way"] is None


def test_the_panel_says_what_to_do_with_whom_and_what_is_owed(cast, scene, enter):
    client = enter(cast.alice)
    link = rows(client, "?view=all")["桐溪注塑"]
    panel = client.get(beside(link), **HTMX)
    body = panel.content.decode()

    assert "<html" not in body
    for words in ("顾明舒", "发两家同行的用电对比", "桐溪注塑节能改造", "下一步", "上次联系，9 天前"):
        assert words in body
    assert panel.context["peek"].step.scripts[0] in unescape(body)
    assert f'data-of-row="row-{scene.customers["桐溪注塑"].uuid}"' in body
    assert "/peek/?" in panel.context["way"].next_url


def test_without_a_script_the_panel_is_the_page_at_the_same_place(cast, scene, enter):
    client = enter(cast.alice)
    link = rows(client, "?view=all")["桐溪注塑"]

    answer = client.get(beside(link))

    assert answer.status_code == 302
    assert way(client, answer["Location"]).place == way(client, link).place


def test_charlie_sees_no_panel_and_walks_only_his_own(cast, scene, enter):
    link = rows(enter(cast.alice), "?view=all")["桐溪注塑"]
    charlie = enter(cast.charlie)

    assert charlie.get(beside(link), **HTMX).status_code == 404
    assert charlie.get(beside(link)).status_code == 404
    own = rows(charlie, "?view=all")
    place = way(charlie, own["竹间日化"]).place
    assert (place.number, place.count, place.previous, place.next) == ("1", "1", None, None)


@pytest.mark.parametrize("kind", ["panel", "page"])
def test_query_counts_do_not_grow_with_the_list(cast, scene, enter, kind):
    client = enter(cast.alice)
    for query in ("?class=B", "?view=all"):
        link = list(rows(client, query).values())[1]
        address = beside(link) if kind == "panel" else link
        headers = HTMX if kind == "panel" else {}
        client.get(address, **headers)
        with counted(f"rep: customer in its list, {kind}{', all' if query == '?view=all' else ''}"):
            assert client.get(address, **headers).status_code == 200
