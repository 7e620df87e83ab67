"""A lost deal takes along what the customer had agreed to for it, and brings it back when it goes on."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY, touch
from tests.factories import lose, make_contact, make_customer, make_opportunity, win
from wendu.desk.customer_page import customer_page
from wendu.journal.models import Entry
from wendu.opportunities.actions import reopen_opportunity, withdraw_closure
from wendu.touches.actions import CommitmentDraft, PromiseDraft, settle_commitment
from wendu.touches.models import Commitment, Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(cast):
    """Two commitments: one for the deal, one for none in particular; and a promise of ours for the deal."""
    customer = make_customer(cast.alice, "桐溪注塑", at=MONDAY - timedelta(days=60))
    person = make_contact(customer, "顾明舒")
    deal = make_opportunity(customer, opened_on=TODAY - timedelta(days=50))
    for days, what, about in ((9, "盖章", deal.pk), (8, "看样板站", None)):
        said = CommitmentDraft(contact_id=person.pk, what=what, due_on=TODAY + timedelta(days=3))
        ours = (PromiseDraft(what="出图", due_on=TODAY),) if about else ()
        touch(
            customer,
            cast.alice,
            TODAY - timedelta(days=days),
            outcome="advance",
            contact_ids=(person.pk,),
            opportunity_id=about,
            commitment=said,
            promises=ours,
        )
    return deal


def states() -> dict[str, str]:
    return dict(Commitment.objects.order_by("pk").values_list("what", "state"))


def test_what_was_agreed_for_a_lost_deal_is_closed_with_it_and_said(cast, agreed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        lose(agreed)

    assert states() == {"盖章": "dropped", "看样板站": "open"}
    assert Promise.objects.get().state == "open"
    told = customer_page(cast.alice, agreed.customer, MONDAY).timeline
    assert "随商机了结：盖章" in [item.words for item in told.items]


@pytest.mark.parametrize("back", [withdraw_closure, reopen_opportunity])
def test_taken_back_or_reopened_the_deal_brings_them_back(cast, agreed, django_capture_on_commit_callbacks, back):
    with django_capture_on_commit_callbacks(execute=True):
        lose(agreed)
    with django_capture_on_commit_callbacks(execute=True):
        back(opportunity=agreed, actor=cast.alice, at=MONDAY)

    assert states() == {"盖章": "open", "看样板站": "open"}


def test_what_was_settled_by_hand_stays_as_it_was_said(cast, agreed, django_capture_on_commit_callbacks):
    settle_commitment(commitment=Commitment.objects.get(what="盖章"), state="dropped", actor=cast.alice, at=MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        lose(agreed)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_closure(opportunity=agreed, actor=cast.alice, at=MONDAY)

    assert states()["盖章"] == "dropped"
    assert Entry.objects.filter(verb="commitment.settled").count() == 1


def test_a_deal_that_is_won_closes_nothing(cast, agreed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        win(agreed)

    assert states() == {"盖章": "open", "看样板站": "open"}
