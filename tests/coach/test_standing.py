"""Standings: judged in the touching transaction, equal to a rebuild from the facts."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from tests.cast import MONDAY
from tests.coach.world import TODAY, World, histories, stands, touch
from tests.factories import make_customer, make_opportunity
from tests.laws import examples
from wendu.coach.actions import judge_many, recompute
from wendu.coach.choices import MOVES
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import DealStanding, Memory, Standing
from wendu.identity.actions import set_team
from wendu.journal.verbs import declared
from wendu.opportunities.actions import delete_opportunity, purge_opportunity

pytestmark = pytest.mark.django_db


def rows_of(model) -> list[dict]:
    return list(model.objects.order_by("pk").values())


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


def test_a_purged_deal_leaves_a_standing_as_a_rebuild_would_make_it(cast):
    customer = make_customer(cast.alice)
    kept, gone = (make_opportunity(customer, title=name, opened_on=TODAY - timedelta(days=9)) for name in ("一", "二"))
    touch(customer, cast.alice, TODAY - timedelta(days=3), kind="visit", opportunity_id=gone.pk)
    delete_opportunity(opportunity=gone, actor=cast.alice, at=MONDAY)

    purge_opportunity(opportunity=gone, typed="二", actor=cast.ada, at=MONDAY)

    before = [rows_of(model) for model in (Standing, DealStanding, Memory)]
    list(recompute(at=MONDAY))
    assert [rows_of(model) for model in (Standing, DealStanding, Memory)] == before
    assert [row["opportunity_id"] for row in before[1]] == [kept.pk]


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=histories(most=9, longest=150))
def test_incremental_equals_a_rebuild_on_any_history(cast, events):
    with transaction.atomic():
        world = World.of(cast.alice)
        world.live(events)
        kept = stands()

        judge_many([world.customer.pk], frame=Frame.at(MONDAY), at=MONDAY)

        assert stands() == kept
        transaction.set_rollback(True)


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


ROOMS = {
    "order",
    "subscription",
    "contract",
    "customer",
    "contact",
    "contact_point",
    "opportunity",
    "influencer",
    "touch",
    "tail",
    "promise",
    "commitment",
}
MOVES_NOTHING = {
    # merging and parting judge both customers themselves, within the same act
    *("customer.merged", "customer.unmerged", "contact.merged", "contact.unmerged"),
    *("customer.told_apart", "customer.told_apart_undone"),
    "customer.collaborator_added",
    "customer.collaborator_removed",
    "customer.parent_changed",
    "customer.referrer_changed",
    "customer.tagged",
    "customer.untagged",
    "customer.custom_changed",
    "customer.purged",
    "contact.added",
    "contact.edited",
    "contact.custom_changed",
    "opportunity.custom_changed",
    "opportunity.diagnosis_corrected",
    "opportunity.correction_withdrawn",
    "contact.deleted",
    "contact.restored",
    "contact.made_main",
    "contact_point.added",
    "contact_point.edited",
    "contact_point.removed",
    # how far an order is says nothing of who bought when; that it was cancelled has a verb of its own
    "order.moved",
    "subscription.corrected",
    "tail.opened",
    "promise.settled",
    "promise.reopened",
    "commitment.settled",
    "commitment.reopened",
}
