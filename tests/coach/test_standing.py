"""Standings: judged in the touching transaction, equal to a rebuild from the facts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.factories import lose, make_contact, make_customer, make_opportunity, win
from wendu.coach.actions import judge_many, recompute
from wendu.coach.choices import MOVES
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import ClassSpell, DealStanding, Memory, Standing
from wendu.customers.models import Contact, Customer
from wendu.identity.actions import set_team
from wendu.identity.models import User
from wendu.journal.verbs import declared
from wendu.kernel.errors import ActionError
from wendu.playbooks import shipped
from wendu.readings.actions import set_override
from wendu.readings.models import Reading
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


def happen(kind: str, on: date, world: "World") -> None:
    """Let one random thing happen, if the house allows it."""
    world.customer.refresh_from_db()
    try:
        with transaction.atomic():
            getattr(world, kind, partial(world.meet, kind))(on)
    except ActionError:
        pass


@dataclass
class World:
    """One customer, and what can happen with it."""

    customer: Customer
    actor: User
    contact: Contact
    deals: list = field(default_factory=list)

    def meet(self, kind: str, on: date) -> None:
        touch(self.customer, self.actor, on, kind=kind)

    def undo(self, _on: date) -> None:
        if earliest := Touch.objects.standing().order_by("pk").first():
            undo_touch(touch=earliest, actor=self.actor, at=MONDAY)

    def open(self, on: date) -> None:
        self.deals.append(make_opportunity(self.customer, opened_on=on))

    def win(self, on: date) -> None:
        if self.deals:
            win(self.deals[-1], on)

    def lose(self, on: date) -> None:
        if self.deals:
            lose(self.deals[-1], on)

    def answer(self, on: date) -> None:
        drafts = [
            AnswerDraft(axis=item.axis, indicator=item.code, value=index % 3)
            for index, item in enumerate(shipped().indicators)
        ]
        answer_indicators(customer=self.customer, answers=drafts, actor=self.actor, at=MONDAY, on=on)

    def quiet(self, on: date) -> None:
        quiet = QuietDraft(starts_on=on, ends_on=on + timedelta(days=6), reason="tender")
        set_quiet_period(customer=self.customer, quiet=quiet, actor=self.actor, at=MONDAY)

    def override(self, _on: date) -> None:
        set_override(
            subject=self.customer, code="quadrant", value="A", reason="he said so", actor=self.actor, at=MONDAY
        )

    def advance(self, on: date) -> None:
        agreed = CommitmentDraft(contact_id=self.contact.pk, what="看样板站", due_on=on + timedelta(days=5))
        people = (self.contact.pk,)
        touch(
            self.customer,
            self.actor,
            on,
            outcome="advance",
            commitment=agreed,
            value_note="省 11 万",
            contact_ids=people,
        )


TOUCHES = ["visit", "phone", "message", "article", "demo"]
KINDS = [*TOUCHES, "advance", "open", "win", "lose", "undo", "answer", "quiet", "override"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(st.tuples(st.integers(0, 150), st.sampled_from(KINDS)), min_size=1, max_size=9))
def test_incremental_equals_a_rebuild_on_any_history(cast, events):
    with transaction.atomic():
        customer = make_customer(cast.alice)
        world = World(customer, cast.alice, make_contact(customer))
        for days, kind in events:
            happen(kind, TODAY - timedelta(days=days), world)
        kept = [stands(model) for model in (Standing, DealStanding, ClassSpell, Reading)]

        judge_many([customer.pk], frame=Frame.at(MONDAY), at=MONDAY)

        assert [stands(model) for model in (Standing, DealStanding, ClassSpell, Reading)] == kept
        transaction.set_rollback(True)


def stands(model) -> list[dict]:
    rows = model.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in ("id", "folded")} for row in rows]


def test_standings_follow_their_owner_into_another_team(cast, django_capture_on_commit_callbacks):
    customer = make_customer(cast.alice)
    make_opportunity(customer)

    with django_capture_on_commit_callbacks(execute=True):
        set_team(user=cast.alice, team=cast.south, actor=cast.ada, at=MONDAY)

    assert Standing.objects.get(pk=customer.pk).team_id == cast.south.pk
    assert DealStanding.objects.get(customer=customer).team_id == cast.south.pk


def test_every_verb_that_could_move_a_standing_was_decided_on(cast):
    decided = set(MOVES) | MOVES_NOTHING

    assert {verb for verb in declared() if verb.split(".")[0] in ROOMS} - decided == set()


ROOMS = {"customer", "contact", "contact_point", "opportunity", "influencer", "touch", "tail", "promise", "commitment"}
MOVES_NOTHING = {
    "customer.collaborator_added",
    "customer.collaborator_removed",
    "customer.parent_changed",
    "customer.tagged",
    "customer.untagged",
    "customer.custom_changed",
    "contact.added",
    "contact.edited",
    "contact.deleted",
    "contact.restored",
    "contact.made_main",
    "contact_point.added",
    "contact_point.edited",
    "contact_point.removed",
    "opportunity.moved",
    "tail.opened",
    "promise.settled",
    "promise.reopened",
    "commitment.settled",
    "commitment.reopened",
}
