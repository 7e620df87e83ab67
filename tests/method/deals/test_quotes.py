"""Quotes to the minor unit, what they give away, and the ladder: the examples of their page."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import Example, each, said
from wendu.method.deals.diagnosis import Concession
from wendu.method.deals.ladder import Parts, ladder
from wendu.method.deals.quote import Line, Terms, favours, line_amounts, may_go_out, total
from wendu.method.reading import because

LIST, USUAL = 100, 30


def lines_of(text: str) -> list[Line]:
    """Lines as the table writes them: 3x333-10+13."""
    found = []
    for cell in text.split():
        rest, _plus, tax = cell.partition("+")
        amount, _minus, discount = rest.partition("-")
        quantity, _times, unit = amount.partition("x")
        found.append(Line("it", Decimal(quantity), int(unit), Decimal(discount or 0), Decimal(tax or 0)))
    return found


@each("quotes", "totals")
def test_totals(row: Example) -> None:
    found = total(lines_of(row["lines"]), tax_included=row["tax"] == "included")

    assert list(map(str, found)) == [row[name] for name in ("full", "price", "net", "tax part", "to pay")]


def terms_of(text: str) -> Terms | None:
    if text == "none":
        return None
    *items, days, rebate, extras = text.split()
    lines = []
    for item in items:
        name, _colon, price = item.partition(":")
        lines.append(Line(name, Decimal(1), 0 if price == "free" else int(price), list_minor=LIST))
    return Terms(
        tuple(lines),
        payment_days=None if days == "-" else int(days),
        rebate=Decimal(rebate),
        extras="" if extras == "-" else extras,
    )


@each("quotes", "what is given away")
def test_m146_every_kind_of_concession_is_seen(row: Example) -> None:
    now = terms_of(row["now"])
    assert now is not None

    found = favours(now, terms_of(row["before"]), usual_days=USUAL)

    assert [reason.code.removeprefix("gives_") for reason in found] == row["gives"].split()


@each("quotes", "may it go out")
def test_m146_what_may_go_out(row: Example) -> None:
    gives = [] if row["gives"] == "nothing" else [because(f"gives_{row['gives']}")]
    inside = {"yes": True, "no": False, "unknown": None}[row["inside the floor"]]

    assert may_go_out(gives, Concession(row["cause allows"]), inside_floor=inside) == row["goes out"]


def parts_of(text: str, name: str = "") -> Parts:
    if text == "nothing":
        return Parts(name)
    product, _slash, rest = text.partition("/")
    effort, _colon, price = rest.partition(":")
    known = {key: None if cell == "-" else float(cell) for key, cell in (("effort", effort), ("price", price))}
    return Parts(name, {"product": None if product == "-" else float(product)}, known)


@each("quotes", "the ladder")
def test_m58_the_ladder_says_what_is_needed_to_lead(row: Example) -> None:
    found = ladder(parts_of(row["ours"]), parts_of(row["other"], "them"))

    assert (found.theirs, found.ahead, found.needed) == tuple(said(row[name]) for name in ("theirs", "ahead", "needed"))
    assert (found.rungs[0].part if found.rungs else "") == row["first rung"]
    assert not found.rungs or found.rungs[0].closes is (row["closes"] == "yes")


amount = st.integers(min_value=0, max_value=10**10)
percent = st.decimals(min_value=0, max_value=100, places=2)
some_lines = st.lists(
    st.builds(
        Line,
        item=st.sampled_from(["pump", "pipe"]),
        quantity=st.decimals(min_value=Decimal("0.001"), max_value=10_000, places=3),
        unit_minor=amount,
        discount=percent,
        tax=percent,
        list_minor=st.none() | amount,
    ),
    max_size=6,
)


@given(some_lines, st.booleans())
def test_what_is_printed_adds_up(lines: list[Line], tax_included: bool) -> None:
    found = total(lines, tax_included=tax_included)
    each_line = [line_amounts(line, tax_included=tax_included) for line in lines]

    assert found.net + found.tax == found.gross
    assert found.gross == sum(one.gross for one in each_line)
    assert all(one.net + one.tax == one.gross and 0 <= one.price <= one.full for one in each_line)
    assert all(isinstance(value, int) for value in found)


@given(some_lines)
def test_the_same_again_gives_nothing_more(lines: list[Line]) -> None:
    unique = tuple({line.item: line for line in lines}.values())
    terms = Terms(unique, payment_days=60, rebate=Decimal(2), extras="training")

    assert favours(terms, terms, usual_days=USUAL) == ()


@pytest.mark.parametrize(("asked", "given"), [(120, 20), (100, None), (90, None), (None, None)])
def test_without_a_list_the_whole_is_held_against_what_was_asked(asked: int | None, given: int | None) -> None:
    now = Terms((Line("pump", Decimal(1), 100),))

    found = favours(now, None, usual_days=USUAL, asked=asked)

    assert [reason.numbers["minor"] for reason in found] == ([] if given is None else [given])
    listed = Terms((Line("pump", Decimal(1), 100, list_minor=100),))
    assert favours(listed, None, usual_days=USUAL, asked=asked) == ()


def test_a_price_given_says_how_much() -> None:
    now = Terms((Line("pump", Decimal(2), 90, list_minor=100), Line("pipe", Decimal(1), 100)))

    (found,) = favours(now, None, usual_days=USUAL)

    assert (found.numbers["minor"], found.numbers["share"]) == (20, pytest.approx(20 / 300))
