"""Places in a playbook: read, changed without touching the original, and compared."""

import pytest

from wendu.playbooks import dump, shipped
from wendu.playbooks.paths import ORDER, Difference, NoSuchPlace, differences, value_at, with_values

BOOK = dump(shipped())


def test_a_place_is_read_by_its_path():
    assert value_at(BOOK, "window.classes.A.deadline_months") == 1.0
    assert value_at(BOOK, "temperature.bands[1].code") == "cool"


def test_a_value_is_changed_in_a_copy():
    changed = with_values(BOOK, {"temperature.bands[1].start": 25.0, "quadrant.high_from": 50.0})

    assert value_at(changed, "temperature.bands[1].start") == 25.0
    assert value_at(BOOK, "temperature.bands[1].start") == 20.0


@pytest.mark.parametrize("path", ["nowhere", "quadrant.nowhere", "temperature.bands[99].start", "key.more.still", ""])
def test_a_path_that_leads_nowhere_is_refused(path):
    with pytest.raises((NoSuchPlace, ValueError)):
        with_values(BOOK, {path: 1})


def test_differences_name_the_entry_not_its_number():
    changed = with_values(BOOK, {"temperature.bands[1].start": 25.0, "plays[0].do.en": "Go"})

    assert list(differences(BOOK, changed)) == [
        Difference("temperature.bands.cool.start", 20.0, 25.0),
        Difference("plays.strike.do.en", BOOK["plays"][0]["do"]["en"], "Go"),
    ]


def test_alike_is_alike():
    assert list(differences(BOOK, with_values(BOOK, {}))) == []


def test_another_order_of_the_same_entries_is_a_difference_of_its_own():
    first, second, *rest = BOOK["indicators"]
    changed = {**BOOK, "indicators": [second, first, *rest]}

    (moved,) = differences(BOOK, changed)

    assert moved.path == f"indicators.{ORDER}"
    assert (moved.before[:2], moved.after[:2]) == ([first["code"], second["code"]], [second["code"], first["code"]])


def test_an_entry_that_comes_or_goes_moves_nobody():
    fewer = {**BOOK, "indicators": BOOK["indicators"][1:]}

    assert [each.path for each in differences(BOOK, fewer)] == [f"indicators.{BOOK['indicators'][0]['code']}"]
    assert [each.path for each in differences(fewer, BOOK)] == [f"indicators.{BOOK['indicators'][0]['code']}"]
