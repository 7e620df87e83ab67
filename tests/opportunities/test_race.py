"""One person logs an order while another closes, moves or rests deals of the same customer: nobody waits for ever."""

from contextlib import suppress
from datetime import timedelta

import pytest

from tests.cast import MONDAY, call_the_cast
from tests.factories import make_customer, make_opportunity
from tests.races import together, until_unlocked
from wendu.kernel.errors import ActionError
from wendu.opportunities.actions import edit_opportunity, pause_opportunity, resume_opportunity
from wendu.opportunities.models import Opportunity
from wendu.touches.actions import TouchDraft, log_touch, undo_touch
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = MONDAY.date()
ROUNDS = 10


def again(*acts):
    """Do these one after the other, some rounds long; a refusal because of what the others did is fine."""

    def run():
        for _ in range(ROUNDS):
            for act in acts:
                with suppress(ActionError):
                    until_unlocked(act)

    return run


def test_an_order_on_a_deal_that_is_edited_and_rested_beside_it_never_deadlocks(transactional_db):
    alice = call_the_cast().alice
    customer = make_customer(alice)
    deal = make_opportunity(customer)
    signed = TouchDraft(kind="visit", touched_on=TODAY, outcome="order", opportunity_id=deal.pk)
    who = {"actor": alice, "at": MONDAY}

    def order():
        undo_touch(touch=log_touch(customer=customer, draft=signed, **who), **who)

    def edit():
        edit_opportunity(opportunity=mine(), changes={"product": "空压机"}, **who)

    def rest():
        pause_opportunity(opportunity=mine(), reason="等", wake_on=TODAY + timedelta(days=1), **who)

    def go_on():
        resume_opportunity(opportunity=mine(), **who)

    def mine():
        return Opportunity.objects.get(pk=deal.pk)

    assert together(again(order), again(edit), again(rest, go_on)) == [None, None, None]
    with suppress(ActionError):
        go_on()  # the race may have ended in a rest
    order()
    assert Touch.objects.exists()
