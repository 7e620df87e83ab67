"""The worked examples of docs/method are run as they stand there."""

from datetime import date

import pytest

from tests.method.build import CLASS_ANSWERS, answers, context, day, on, opened, standard, touch, travelled
from tests.method.pages import DOCS, Example, each, examples, said
from tests.method.test_quadrant_moves import asked, told
from tests.method.test_rows_heat import advance, boiling, warmed
from wendu.method.codes import Outcome, Quadrant, Reach
from wendu.method.journey import DayFacts, Journey, deal_standing, fold, standing, view
from wendu.method.plan import QueueItem, Row, day_plan, due_on
from wendu.method.priority import ValueScale, Worth, priority
from wendu.method.reading import Reading
from wendu.method.repurchase import rhythm_over_on
from wendu.method.strategy import blocks_done, visit_checklist, visit_warning
from wendu.method.suggestion import Bargain, next_log
from wendu.method.temperature import band
from wendu.method.windows import window_state


def scores(cell: str) -> list[int | None]:
    """Answers in the order of the playbook."""
    return [None if score == "-" else int(score) for score in cell.split()]


@each("quadrant", "two axes")
def test_two_axes(row: Example) -> None:
    ctx = context()
    told = answers(map(int, row["willingness"].split()), map(int, row["need"].split()))
    seen = view(travelled([on(0, touch(), answers=told)], ctx), day(0), ctx).quadrant
    scores = {reason.code: reason.numbers["value"] for reason in seen.reasons}

    assert (seen.value, seen.provisional) == (row["class"], row["provisional"] == "yes")
    assert scores.get("willingness_score") == said(row["willingness score"])
    assert scores.get("need_score") == said(row["need score"])


@each("quadrant", "what would move it")
def test_what_would_move_it(row: Example) -> None:
    ask = asked(Quadrant(row["to"]), told(scores(row["willingness"]), scores(row["need"])))[0]

    assert (ask.indicator, ask.answer, ask.score) == (row["question"], int(row["answer"]), float(row["then"]))
    assert ask.alone is (row["alone"] == "yes")


@each("windows", "marks")
def test_marks(row: Example) -> None:
    ctx = context(row["market"], product=row["product"], sale=row["sale"])
    told = DayFacts(date.fromisoformat(row["since"]), (touch(),), CLASS_ANSWERS[row["class"]])
    found = standing(fold(Journey.empty(), told, ctx), ctx).window

    assert found
    marks = [found.expected_on, found.deadline_on, found.hard_on]
    assert [mark.isoformat() for mark in marks] == [row["expected"], row["deadline"], row["re-qualify after"]]


@each("windows", "states")
def test_states(row: Example) -> None:
    ctx = context()
    told = DayFacts(date.fromisoformat(row["since"]), (touch(),), CLASS_ANSWERS[row["class"]])
    found = standing(fold(Journey.empty(), told, ctx), ctx).window

    assert found
    assert window_state(found, date.fromisoformat(row["on"]), standard().window) == row["state"]


@each("temperature", "one touch")
def test_one_touch(row: Example) -> None:
    ctx = context()
    made = touch(
        row["kind"],
        two_way=row["two-way"] == "yes",
        outcome=Outcome(row["outcome"]),
        value_note=row["note"] == "yes",
        reach=Reach(row["reach"]),
    )

    state = travelled([on(1, made)], ctx, warmed(float(row["before"]), "A", ctx, deal=True))

    assert state.heat.level == pytest.approx(float(row["after"]))


@each("temperature", "left after a gap")
def test_left_after_a_gap(row: Example) -> None:
    ctx = context()
    state = warmed(float(row["heat"]), row["class"], ctx)

    assert view(state, day(int(row["days"])), ctx).heat.value == pytest.approx(float(row["left"]))


@each("temperature", "bands")
def test_bands(row: Example) -> None:
    assert band(float(row["heat"]), standard().heat) == row["band"]


@each("alerts", "cold gap")
def test_cold_gap(row: Example) -> None:
    ctx = context(row["market"])
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS[row["class"]])], ctx)

    assert view(state, day(int(row["days"])), ctx).gap.band == row["reading"]


def test_life_of_a_strike_alert() -> None:
    ctx = context()
    state = boiling(ctx)
    for row in examples("alerts", "life of a strike alert"):
        number = int(row["day"])
        if row["what happens"].startswith("advance until day"):
            agreed_on = day(int(row["what happens"].split()[-1]))
            state = travelled([on(number, advance("phone", agreed_on=agreed_on))], ctx, state)
        elif row["what happens"] == "order":
            state = travelled([on(number, touch("negotiation", deal=7, outcome=Outcome.ORDER))], ctx, state)
        found = deal_standing(state, 7, ctx, day(number))
        alerts = [alert.rule for alert in view(state, day(number), ctx).alerts]

        assert found
        assert (row["day"], found.strike, "strike" in alerts) == (row["day"], row["alert"], row["shown"] == "yes")


@each("strategy", "most urgent first")
def test_most_urgent_first(row: Example) -> None:
    order = standard().strategy.urgency

    assert min(row["situations"].split(", "), key=order.index) == row["first"]


@each("strategy", "checklist of class A")
def test_checklist_of_class_a(row: Example) -> None:
    known = {"yes": True, "no": False, "unknown": None}
    items = {code: known[row[code]] for code in ("chain", "trust", "concerns", "offer")}

    checked = visit_checklist(scale=standard().strategy, **items)

    assert ", ".join(item.code for item in checked if item.close_within_hours) == row["close by phone"]


@each("strategy", "light steps of who went to rest on 2025-03-03")
def test_light_steps(row: Example) -> None:
    ctx = context()
    sent = [date.fromisoformat(cell) for cell in row["touches of ours since"].split(", ") if cell]
    days = [on(-3, touch(), answers=CLASS_ANSWERS["B"]), on(0, nurture_until=day(700))]
    days += [DayFacts(each, (touch("article", two_way=False),)) for each in sent]
    found = standing(travelled(days, ctx), ctx).track

    assert found
    assert (str(found.step + 1), str(found.due_on)) == (row["next step"], row["due on"])


@each("strategy", "the next log")
def test_the_next_log(row: Example) -> None:
    ctx, stage = context(), row["stage"]
    facts = standing(warmed(float(row["heat"]), row["class"], ctx, deal=stage != "-", advanced=True), ctx)
    found = next_log(facts, day(1), ctx, bargains={7: Bargain(stage, row["offer"] == "yes")})

    assert found
    assert (found.code, found.kind or "", found.reaches) == (
        row["says"],
        row["kind"],
        pytest.approx(float(row["heat after"])),
    )


@each("strategy", "hard and soft rules")
def test_hard_and_soft_rules(row: Example) -> None:
    quadrant, ctx = Quadrant(row["class"]), context()
    spoken = blocks_done(quadrant, int(row["open tails"])) or visit_warning(quadrant, row["planned kind"], ctx)

    assert (spoken.code if spoken else "") == row["says"]


@each("priority", "scores")
def test_scores(row: Example) -> None:
    worth = Worth(Quadrant(row["class"]), float(row["heat"]), said(row["value"]), said(row["elapsed"]))

    seen = priority(worth, ValueScale(float(row["largest"]), None), standard().plan)

    assert f"{seen.value:.1f}" == row["score"]


@each("plan", "when a touch is due")
def test_when_a_touch_is_due(row: Example) -> None:
    days = [date.fromisoformat(cell) if cell else None for cell in (row["by agreement or gap"], row["planned"])]
    due = due_on(Row(1, Reading(1.0, "known"), *days, is_quiet=row["quiet"] == "yes"))

    assert (due.isoformat() if due else "") == row["due"]


@each("plan", "filling the room")
def test_filling_the_room(row: Example) -> None:
    alarmed, promised, ranked, queued = (int(row[name]) for name in ("alerts", "promises", "ranked", "queue"))
    rows = [Row(n, Reading(50.0, "known"), day(0), alerts=("strike",)) for n in range(100, 100 + alarmed)]
    rows += [Row(n, Reading(50.0, "known"), day(0)) for n in range(300, 300 + ranked)]
    plan = day_plan(
        day(0),
        rows,
        standard().plan,
        promises=[QueueItem(n, "promise_due", day(0)) for n in range(200, 200 + promised)],
        queues=[QueueItem(n, "revisit_due", day(0)) for n in range(400, 400 + queued)],
        capacity=int(row["room"]),
    )
    groups = [step.group for step in plan.steps]
    told = [f"{groups.count(name)} {name}" for name in ("alert", "promise", "ranked", "queue") if name in groups]

    assert (", ".join(told), len(plan.left_out)) == (row["steps"], int(row["left out"]))


@each("result", "when the result is asked for")
def test_when_the_result_is_asked_for(row: Example) -> None:
    holidays = [date.fromisoformat(cell) for cell in row["holidays"].split(", ") if cell]
    quiet = [tuple(map(date.fromisoformat, row["quiet"].split(" to ")))] if row["quiet"] else []
    ctx = context(holidays=holidays, quiet=quiet)  # type: ignore[arg-type]
    agreed_on = date.fromisoformat(row["agreed for"]) if row["agreed for"] else None
    days = [
        on(0, touch(deal=7), answers=CLASS_ANSWERS["B"], deals=(opened(7, day(17)),)),
        on(15, touch("phone", deal=7, agreed_on=agreed_on)),
    ]
    if row["touched"]:
        kind, *way = row["by"].split(", ")
        days.append(DayFacts(date.fromisoformat(row["touched"]), (touch(kind, two_way=not way, deal=7),)))
    found = standing(travelled(days, ctx), ctx).result_due

    assert (found.ask_on.isoformat() if found else "") == row["asked from"]


@each("repurchase", "when the next order is asked for")
def test_when_the_next_order_is_asked_for(row: Example) -> None:
    ctx, every = context(tier="normal"), int(row["every, days"])
    days = [on(-every * n, touch("phone", outcome=Outcome.ORDER), accepted=True) for n in (3, 2, 1, 0)]
    if row["talked again"]:
        days.append(DayFacts(date.fromisoformat(row["talked again"]), (touch("phone", proactive=False),)))
    state = travelled(days, ctx)
    over_on = rhythm_over_on(state, ctx)
    told = (standing(state, ctx).reorder_due_on, over_on, standing(state, ctx, over_on).revisit_due_on)

    assert tuple(str(each or "") for each in told) == (row["asked on"], row["rhythm over on"], row["then revisit on"])


def test_every_page_cites_its_text() -> None:
    for page in ("quadrant", "windows", "temperature", "alerts", "strategy", "priority", "plan"):
        text = (DOCS / f"{page}.md").read_text(encoding="utf-8")

        assert "《四位一体跟进法》" in text
        assert "### Example: " in text
