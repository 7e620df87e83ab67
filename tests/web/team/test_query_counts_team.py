"""The pages about a team ask a fixed number of questions, however many people and customers there are."""

import pytest

from tests.cast import person
from tests.web.counts import counted
from tests.web.scene import build_scene
from wendu.handovers.actions import begin_handover
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db
PAGES = {
    "team": "/team/",
    "team, overrides": "/team/overrides/",
    "team, requalifications": "/team/requalifications/",
    "team, feelings": "/team/feelings/",
    "team, unproven": "/team/unproven/",
}


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("size", ["small", "larger"])
def test_query_counts_of_a_manager(cast, scene, enter, place, size):
    client = enter(cast.mona)
    if size == "larger":
        build_scene(cast)
        for number in range(8):
            person(f"more{number}", in_team=cast.branch)
    client.get(PAGES[place])

    with counted(f"manager: {place}"):
        assert client.get(PAGES[place]).status_code == 200


def test_query_counts_of_an_executive(cast, scene, enter):
    client = enter(cast.eve)
    client.get("/team/")

    with counted("executive: team"):
        assert client.get("/team/").status_code == 200


@pytest.mark.parametrize("size", ["small", "larger"])
def test_query_counts_of_a_hand_over(cast, scene, enter, size):
    client = enter(cast.mona)
    if size == "larger":
        build_scene(cast)
    row = begin_handover(leaver=cast.bob, takers={"": cast.alice}, actor=cast.mona, at=now())
    chosen = f"/team/handover/?leaver={cast.alice.uuid}&split=class"
    places = {"choose": "/team/handover/", "count": chosen, "progress": f"/team/handovers/{row.uuid}/"}
    client.get("/team/handover/")

    for name, place in places.items():
        with counted(f"manager: hand-over, {name}"):
            assert client.get(place).status_code == 200
