"""Declaring a customer gone: who can be, what falls silent, and the ways back."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY, touch
from tests.factories import make_contact, make_customer, make_opportunity, win
from wendu.coach.actions import recompute
from wendu.coach.churn import NothingToLeave, UnknownCause, declare_churned
from wendu.coach.models import Standing
from wendu.coach.plan import daily_plan
from wendu.customers.actions import NotGone, begin_nurture, edit_contact, undo_churn, wake
from wendu.customers.choices import NurtureReason
from wendu.customers.models import Nurture
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.touches.actions import CommitmentDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought(cast):
    """A customer of Alice's who ordered a year ago and was never visited since: the revisit is due."""
    customer = make_customer(cast.alice, "桐溪注塑", at=MONDAY - timedelta(days=400))
    win(make_opportunity(customer, opened_on=TODAY - timedelta(days=380)), TODAY - timedelta(days=365))
    return customer


def status_of(customer) -> str:
    return Standing.objects.get(pk=customer.pk).status


def listed(user) -> set[int]:
    return {step.customer_id for step in daily_plan(user, at=MONDAY).steps}


def gone(customer, actor, *, reason="found_better", at=MONDAY):
    return declare_churned(customer=customer, reason=reason, actor=actor, at=at)


def test_who_is_gone_is_sent_nobody_any_more(cast, bought):
    assert listed(cast.alice) == {bought.pk}

    gone(bought, cast.alice)

    assert status_of(bought) == "churned"
    assert listed(cast.alice) == set()
    assert Entry.objects.get(verb="customer.churned").after["reason"] == "found_better"


def test_what_they_had_agreed_to_do_is_not_asked_of_who_is_gone(cast, bought):
    person = make_contact(bought, "顾明舒")
    day = TODAY - timedelta(days=9)
    agreed = CommitmentDraft(contact_id=person.pk, what="盖章", due_on=TODAY)
    touch(bought, cast.alice, day, commitment=agreed, outcome="advance", contact_ids=(person.pk,))
    assert listed(cast.alice) == {bought.pk}

    gone(bought, cast.alice)

    assert listed(cast.alice) == set()


def test_undone_it_was_never_said_and_an_earlier_rest_stands_again(cast, bought):
    before = status_of(bought)
    gone(bought, cast.alice)
    undo_churn(customer=bought, actor=cast.alice, at=MONDAY)
    assert (status_of(bought), Nurture.objects.count()) == (before, 0)

    later = TODAY + timedelta(days=60)
    begin_nurture(customer=bought, reason=NurtureReason.TIMING, wake_on=later, actor=cast.alice, at=MONDAY)
    gone(bought, cast.alice)
    undo_churn(customer=bought, actor=cast.alice, at=MONDAY + timedelta(days=3))
    assert (status_of(bought), Nurture.objects.get().ended_on) == ("nurturing", None)
    with pytest.raises(NotGone):
        undo_churn(customer=bought, actor=cast.alice, at=MONDAY)


def test_taken_up_again_it_is_due_the_same_day(cast, bought):
    gone(bought, cast.alice, at=MONDAY - timedelta(days=30))

    wake(customer=bought, actor=cast.alice, at=MONDAY)

    assert status_of(bought) == "existing"
    assert listed(cast.alice) == {bought.pk}


def test_a_new_deal_brings_it_back(cast, bought):
    gone(bought, cast.alice)

    make_opportunity(bought, opened_on=TODAY)

    assert status_of(bought) == "in_pursuit"


def test_who_never_bought_or_is_in_a_deal_is_not_gone(cast, bought):
    with pytest.raises(NothingToLeave):
        gone(make_customer(cast.alice), cast.alice)
    make_opportunity(bought, opened_on=TODAY)
    with pytest.raises(NothingToLeave):
        gone(bought, cast.alice)
    assert not Nurture.objects.exists()


def test_a_cause_is_one_of_the_playbook(cast, bought):
    with pytest.raises(UnknownCause):
        gone(bought, cast.alice, reason="bad_luck")


def test_nobody_else_says_so(cast, bought):
    with pytest.raises(Denied):
        gone(bought, cast.charlie)
    assert status_of(bought) == "existing"


def test_all_judged_anew_are_judged_the_same(cast, bought):
    gone(bought, cast.alice)
    before = Standing.objects.filter(pk=bought.pk).values().get()

    list(recompute(at=MONDAY, customer_ids=[bought.pk]))

    assert Standing.objects.filter(pk=bought.pk).values().get() == before


def test_whoever_wants_to_hear_nothing_is_neither_chased_nor_touched_first(cast):
    met, unmet = make_customer(cast.alice), make_customer(cast.alice, at=MONDAY - timedelta(days=9))
    people = [make_contact(customer, "顾明舒") for customer in (met, unmet)]
    touch(met, cast.alice, TODAY - timedelta(days=40))
    assert listed(cast.alice) == {met.pk, unmet.pk}

    for contact in people:
        edit_contact(contact=contact, changes={"do_not_contact": True}, actor=cast.alice, at=MONDAY)

    assert listed(cast.alice) == set()
