"""Where people stand on the map of a decision: bosses above, nobody twice in one place, whatever was written down."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.method.pages import Example, each
from wendu.method.deals.chain_map import WIDTH, places


def told(cell: str) -> dict[int, int]:
    return dict(tuple(map(int, each.split(">"))) for each in cell.split())


@each("decision-chain", "places on the map")
def test_m137_places_on_the_map(row: Example) -> None:
    found = places([int(each) for each in row["people"].split()], told(row["reports to"]))

    assert [f"{pk}:{place.column}/{place.row}" for pk, place in sorted(found.items())] == row["places"].split()


@settings(max_examples=examples(100))
@given(st.sets(st.integers(1, 12), min_size=1), st.dictionaries(st.integers(1, 14), st.integers(1, 14)))
def test_everybody_has_a_place_of_his_own_below_his_boss(people: set[int], above: dict[int, int]) -> None:
    found = places(sorted(people), above)

    assert set(found) == people
    taken = [(place.row, place.column + n) for place in found.values() for n in range(WIDTH)]
    assert len(taken) == len(set(taken))
    assert any(place.row == 0 for place in found.values())
    for pk, place in found.items():
        if place.row:
            assert found[above[pk]].row == place.row - 1
