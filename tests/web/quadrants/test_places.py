"""Points of the board stand as near to their scores as they can, and do not hide one another while there is room."""

from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from wendu.web.components.scatter_places import Field, Spot, places_of

CORNER = Field(420, 0, 570, 185)
RADIUS = 18.0
WIDE = Spot(490, 90, beside=34, above=RADIUS + 1, below=RADIUS + 16, bare=RADIUS + 1)


def covering(places, radius=RADIUS):
    return [
        pair for pair in combinations(places, 2) if hypot(pair[0].x - pair[1].x, pair[0].y - pair[1].y) < 2 * radius
    ]


def test_one_alone_stands_where_it_belongs_with_its_name():
    (place,) = places_of((WIDE,), CORNER)

    assert place.has_name
    assert abs(place.x - WIDE.x) <= 5
    assert abs(place.y - WIDE.y) <= 5


def test_six_of_the_same_score_are_all_seen_and_who_finds_no_room_for_a_name_goes_without():
    places = places_of((WIDE,) * 6, CORNER)

    assert covering(places) == []
    assert places[0].has_name
    assert not all(place.has_name for place in places)


@given(st.lists(st.tuples(st.floats(420, 570), st.floats(0, 185), st.floats(8, 70)), max_size=60))
def test_whatever_is_placed_stays_on_the_sheet(given_spots):
    spots = tuple(Spot(x, y, beside, 19, 34, bare=19) for x, y, beside in given_spots)

    for place in places_of(spots, CORNER):
        assert CORNER.left <= place.x <= CORNER.right
        assert CORNER.top <= place.y <= CORNER.bottom
