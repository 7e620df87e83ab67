"""Pages ask a fixed number of questions, however many customers there are."""

import pytest

from tests.web.counts import counted
from tests.web.scene import build_scene

pytestmark = pytest.mark.django_db
PAGES = {
    "today": "/today/",
    "today, one alert": "/today/?only=gap",
    "customers": "/customers/",
    "customers, narrowed": "/customers/?class=B&alert=cold_gap&sort=due",
    "customers, by text": "/customers/?q=桐溪",
    "customers, composed": "/customers/?f=class.in:A,B;latest.over:2&f=tag.known&sort=amount&cols=heat,tags,x_size",
    "customers, in groups": "/customers/?by=class",
    "customers, by owner": "/customers/?by=owner",
    "customers, composing": "/customers/filter/?list=f%3Dclass.in:A",
    "calendar": "/calendar/",
    "calendar, month": "/calendar/?by=month",
    "calendar, subscription": "/calendar/subscription/",
    "quadrants": "/quadrants/",
    "quadrants, narrowed": "/quadrants/?owner=me&heat=warm",
    "quadrants, time": "/quadrants/time/",
    "search": "/search/?q=桐溪",
    "search, nothing typed": "/search/",
    "new deal, whose": "/opportunities/whom/",
    "new step, with whom": "/steps/whom/",
    "waiting touches": "/offline/",
    "names for the device": "/offline/shelf/",
    "notifications": "/notifications/",
    "what I am told": "/notifications/choices/",
}


@pytest.mark.parametrize("place", PAGES)
def test_query_counts_of_a_rep(cast, scene, enter, place):
    client = enter(cast.alice)
    client.get(PAGES[place])

    with counted(f"rep: {place}"):
        assert client.get(PAGES[place]).status_code == 200


@pytest.mark.parametrize(
    "place", ["today", "customers", "customers, composed", "customers, by owner", "quadrants", "quadrants, time"]
)
def test_query_counts_of_a_manager(cast, scene, enter, place):
    client = enter(cast.mona)
    client.get(PAGES[place])

    with counted(f"manager: {place}"):
        assert client.get(PAGES[place]).status_code == 200


def test_query_counts_of_somebody_elses_calendar(cast, scene, enter):
    client, place = enter(cast.mona), f"/calendar/?owner={cast.alice.uuid}"
    client.get(place)

    with counted("manager: calendar, of another"):
        assert client.get(place).status_code == 200


def test_query_counts_of_the_days_of_a_team(cast, scene, enter):
    client, place = enter(cast.mona), f"/calendar/?owner={cast.east.uuid}"
    client.get(place)

    with counted("manager: calendar, of a team"):
        assert client.get(place).status_code == 200


@pytest.mark.parametrize(
    "place", ["today", "customers", "customers, composed", "customers, in groups", "quadrants", "calendar"]
)
def test_query_counts_do_not_grow_with_the_rows(cast, scene, enter, place):
    client = enter(cast.alice)
    build_scene(cast)
    client.get(PAGES[place])

    with counted(f"rep: {place}"):
        assert client.get(PAGES[place]).status_code == 200
