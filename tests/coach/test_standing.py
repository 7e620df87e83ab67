"""Standings: judged in the touching transaction, equal to a rebuild from the facts."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.factories import lose, make_contact, make_customer, make_opportunity, win
from wendu.coach.actions import judge_many, recompute
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import ClassSpell, DealStanding, Memory, Standing
from wendu.kernel.errors import ActionError
from wendu.playbooks import shipped
from wendu.readings.actions import set_override
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    QuietDraft,
    TouchDraft,
    answer_indicators,
    log_touch,
    set_quiet_period,
    undo_touch,
)
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def rows_of(model) -> list[dict]:
    return list(model.objects.order_by("pk").values())


def touch(customer, actor, on=TODAY, **details):
    draft = TouchDraft(kind=details.pop("kind", "visit"), touched_on=on, **details)
    return log_touch(customer=customer, actor=actor, at=MONDAY, draft=draft)


def test_a_new_customer_stands_cold_and_unvisited(cast):
    customer = make_customer(cast.alice)

    row = Standing.objects.get(pk=customer.pk)

    assert (row.heat, row.status, row.quadrant) == (0.0, "unvisited", "")


def test_a_visit_heats_the_customer_in_the_same_transaction(cast):
    customer = make_customer(cast.alice)

    touch(customer, cast.alice)

    row = Standing.objects.get(pk=customer.pk)
    assert (row.heat, row.status, row.counted_on) == (15.0, "in_pursuit", TODAY)
    assert heat_today(row, Frame.on(TODAY + timedelta(days=7 + 14))) == pytest.approx(7.5)


def test_incremental_equals_a_rebuild(cast):
    customer = make_customer(cast.alice)
    deal = make_opportunity(customer, opened_on=TODAY - timedelta(days=40))
    for days, kind in ((30, "phone"), (20, "visit"), (9, "online_meeting"), (25, "message"), (0, "visit")):
        touch(customer, cast.alice, TODAY - timedelta(days=days), kind=kind)
    before = [rows_of(model) for model in (Standing, DealStanding, Memory)]

    list(recompute(at=MONDAY))

    assert [rows_of(model) for model in (Standing, DealStanding, Memory)] == before
    assert deal.pk in {row["opportunity_id"] for row in before[1]}


def happen(kind: str, on: date, world: dict) -> None:
    """Let one random thing happen, if the house allows it."""
    customer, actor = world["customer"], world["actor"]
    customer.refresh_from_db()
    try:
        with transaction.atomic():
            if kind == "undo":
                latest = Touch.objects.standing().order_by("pk").first()
                if latest is not None:
                    undo_touch(touch=latest, actor=actor, at=MONDAY)
            elif kind == "open":
                world["deals"].append(make_opportunity(customer, opened_on=on))
            elif kind in ("win", "lose") and world["deals"]:
                {"win": win, "lose": lose}[kind](world["deals"][-1], on)
            elif kind == "answer":
                for axis in ("willingness", "need"):
                    world["answer"](axis, on)
            elif kind == "quiet":
                quiet = QuietDraft(starts_on=on, ends_on=on + timedelta(days=6), reason="tender")
                set_quiet_period(customer=customer, quiet=quiet, actor=actor, at=MONDAY)
            elif kind == "override":
                set_override(subject=customer, code="quadrant", value="A", reason="he said so", actor=actor, at=MONDAY)
            elif kind == "advance":
                due = CommitmentDraft(contact_id=world["contact"].pk, what="看样板站", due_on=on + timedelta(days=5))
                touch(
                    customer,
                    actor,
                    on,
                    outcome="advance",
                    commitment=due,
                    value_note="省 11 万",
                    contact_ids=(world["contact"].pk,),
                )
            elif kind in TOUCHES:
                touch(customer, actor, on, kind=kind)
    except ActionError:
        pass


TOUCHES = ["visit", "phone", "message", "article", "demo"]
KINDS = [*TOUCHES, "advance", "open", "win", "lose", "undo", "answer", "quiet", "override"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(st.tuples(st.integers(0, 150), st.sampled_from(KINDS)), min_size=1, max_size=9))
def test_incremental_equals_a_rebuild_on_any_history(cast, events):
    with transaction.atomic():
        customer = make_customer(cast.alice)
        world = {"customer": customer, "actor": cast.alice, "deals": [], "contact": make_contact(customer)}
        book = shipped()

        def answer(axis: str, on: date) -> None:
            codes = [item.code for item in book.indicators if item.axis == axis][:3]
            drafts = [AnswerDraft(axis=axis, indicator=code, value=1 + index % 2) for index, code in enumerate(codes)]
            answer_indicators(customer=customer, answers=drafts, actor=cast.alice, at=MONDAY, on=on)

        world["answer"] = answer
        for days, kind in events:
            happen(kind, TODAY - timedelta(days=days), world)
        kept = [stands(model) for model in (Standing, DealStanding, ClassSpell)]

        judge_many([customer.pk], frame=Frame.at(MONDAY), at=MONDAY)

        assert [stands(model) for model in (Standing, DealStanding, ClassSpell)] == kept
        transaction.set_rollback(True)


def stands(model) -> list[dict]:
    rows = model.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in ("id", "folded")} for row in rows]
