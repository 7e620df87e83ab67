"""How full a data sheet is, and what is looked after because of why they bought: worked examples and laws."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.pages import Example, each
from wendu.method.datasheet import Care, Entry, Told, fill, look_after, why_asked_on

SCALE = standard().sheet
CODES = {"n": "need", "r": "reason", "s": "scenario", "b": "behaviour", "d": "decided_by", "m": "money"}
OF_CUSTOMER = 6
ENTRIES = st.lists(st.builds(Entry, st.sampled_from(("industry", *CODES.values())), st.booleans()), max_size=30)
DAY = date(2026, 1, 10)


@each("datasheet", "how full")
def test_m95_a_sheet_is_as_full_as_what_is_known_weighs(row: Example) -> None:
    known = int(row["of the customer known"])
    entries = [Entry(f"c{place}", place < known) for place in range(OF_CUSTOMER)]
    for key, told in enumerate(filter(None, row["orders, what is known"].split(", ")), start=1):
        entries += [Entry(code, letter in told, key) for letter, code in CODES.items()]

    found = fill(entries, SCALE)

    assert (found.known, found.asked) == (int(row["weight known"]), int(row["weight asked"]))
    assert found.percent == int(row["full"])


def test_m95_a_sheet_that_asks_nothing_is_not_said_to_be_full() -> None:
    assert fill([], SCALE).percent is None


def test_m96_the_missing_need_stands_before_what_weighs_less() -> None:
    lacks = fill([Entry("industry", False), Entry("need", False, 7), Entry("reason", True, 7)], SCALE).lacks

    assert [(each.code, each.about) for each in lacks] == [("need", 7), ("industry", 0)]


@given(ENTRIES)
def test_m95_only_a_whole_sheet_is_full_and_only_an_empty_one_is_at_nothing(entries) -> None:
    found = fill(entries, SCALE)

    assert (found.percent == 100) == (bool(entries) and not found.lacks)
    assert 0 <= found.known <= found.asked
    assert len(found.lacks) == sum(not each.is_known for each in entries)


@given(ENTRIES, st.integers(0, 29))
def test_m95_to_learn_one_thing_never_empties_a_sheet(entries, place) -> None:
    learnt = [each._replace(is_known=each.is_known or at == place) for at, each in enumerate(entries)]

    assert (fill(learnt, SCALE).percent or 0) >= (fill(entries, SCALE).percent or 0)


def of(row: Example) -> Told:
    accepted, cared = row["accepted on"], row["cared on"]
    return Told(
        DAY,
        row["need"],
        row["reason"],
        accepted_on=date.fromisoformat(accepted) if accepted else None,
        cared_on=(date.fromisoformat(cared),) if cared else (),
    )


@each("datasheet", "what to look after")
def test_m97_what_is_looked_after_follows_from_the_reason(row: Example) -> None:
    found = look_after(of(row), date.fromisoformat(row["asked on"]), SCALE)

    assert (found.care, found.due_on.isoformat(), found.check) == (row["stands"], row["due on"], row["check"])


def test_m97_the_look_cites_the_recorded_reason_and_where_it_is_used() -> None:
    told = Told(DAY, need="电费降下来", reason="五月要审计", scenario="二号车间")

    assert look_after(told, DAY, SCALE).because == "五月要审计 · 二号车间"


@given(st.text(max_size=3), st.text(max_size=3), st.integers(0, 200), st.lists(st.integers(0, 200), max_size=3))
def test_m97_nothing_is_looked_after_that_nobody_recorded(need, reason, days, cared) -> None:
    told = Told(DAY, need, reason, cared_on=tuple(DAY + timedelta(days=each) for each in cared))
    found = look_after(told, DAY + timedelta(days=days), SCALE)

    assert (found.care == Care.ASK_WHY) == (not need and not reason)
    assert found.check in (need, reason)
    assert bool(found.because) == bool(found.check)


@given(st.integers(0, 200), st.integers(0, 200))
def test_m97_care_of_a_later_day_is_not_known_before(days, cared) -> None:
    told = Told(DAY, need="x", cared_on=(DAY + timedelta(days=cared),))

    assert cared <= days or look_after(told, DAY + timedelta(days=days), SCALE).care != Care.DONE


@each("datasheet", "when to ask why")
def test_m96_why_they_bought_is_asked_until_nobody_remembers(row: Example) -> None:
    talked_on = date.fromisoformat(row["talked on"]) if row["talked on"] else None

    found = why_asked_on(DAY, talked_on, date.fromisoformat(row["today"]), SCALE, every_days=14)

    assert str(found or "never") == row["asked on"]
