"""The proposal: not before a need is said, changed until it is sent, then begun anew."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import make_finding
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.offers import actions
from wendu.offers.models import Proposal
from wendu.opportunities.actions.standing import FutureDay

pytestmark = pytest.mark.django_db
NOW = MONDAY


@pytest.fixture
def deal(cast):
    found = make_opportunity(make_customer(cast.alice, "桐溪注塑"), "空压站节能改造")
    boss = make_contact(found.customer, "顾明舒")
    make_influencer(found, boss)
    make_finding(found, "demand", boss, kind="explicit", quote="停一天就交不上")
    return found


def begin(deal, **said):
    values = {"title": "节能", **said}
    return actions.write_proposal(opportunity=deal, language="zh-hans", values=values, actor=deal.owner, at=NOW)


def test_before_anybody_said_what_he_wants_there_is_none(cast):
    deal = make_opportunity(make_customer(cast.alice, "桐溪注塑"), "空压站节能改造")
    boss = make_contact(deal.customer, "顾明舒")
    make_influencer(deal, boss)
    make_finding(deal, "demand", boss)  # only implied

    with pytest.raises(actions.NoNeedYet):
        begin(deal)
    assert not Proposal.objects.exists()


def test_a_section_counts_once_it_says_something_and_a_next_step_with_its_day(deal):
    proposal = begin(deal, situation="白跑", next_step="看样板站")

    assert proposal.filled == ("situation",)
    proposal.next_step_on = NOW.date()
    assert proposal.filled == ("situation", "next_step")


def test_what_was_sent_stays_as_it_is_and_a_new_version_goes_on(cast, deal):
    first = begin(deal, situation="白跑")
    actions.send_proposal(proposal=first, sent_on=NOW.date(), actor=cast.alice, at=NOW)

    with pytest.raises(actions.ProposalSent):
        actions.correct_proposal(proposal=first, values={"situation": "改了"}, actor=cast.alice, at=NOW)
    with pytest.raises(actions.ProposalSent):
        actions.send_proposal(proposal=first, sent_on=NOW.date(), actor=cast.alice, at=NOW)

    second = actions.renew_proposal(proposal=first, actor=cast.alice, at=NOW)
    actions.correct_proposal(proposal=second, values={"situation": "改了"}, actor=cast.alice, at=NOW)
    first.refresh_from_db()
    assert (first.situation, second.number, second.situation, second.sent_on) == ("白跑", 2, "改了", None)
    assert Entry.objects.filter(verb="proposal.sent").count() == 1


def test_an_empty_paper_and_a_day_to_come_are_refused(cast, deal):
    proposal = begin(deal)

    with pytest.raises(actions.SentTooEarly):
        actions.send_proposal(proposal=proposal, sent_on=NOW.date(), actor=cast.alice, at=NOW)
    with pytest.raises(FutureDay):
        actions.send_proposal(proposal=proposal, sent_on=NOW.date() + timedelta(days=1), actor=cast.alice, at=NOW)


def test_a_number_is_given_once(cast, deal):
    first = begin(deal)
    actions.take_back_proposal(proposal=first, actor=cast.alice, at=NOW)

    assert begin(deal).number == 2
    assert actions.bring_back_proposal(proposal=first, actor=cast.alice, at=NOW).number == 1


@pytest.mark.parametrize("who", ["charlie", "eve", "mia", "sam"])
def test_who_does_not_work_on_the_customer_writes_none(cast, deal, who):
    proposal, actor = begin(deal), getattr(cast, who)

    with pytest.raises(Denied):
        actions.write_proposal(opportunity=deal, language="en", values={"title": "x"}, actor=actor, at=NOW)
    with pytest.raises(Denied):
        actions.correct_proposal(proposal=proposal, values={"price": "1"}, actor=actor, at=NOW)
    with pytest.raises(Denied):
        actions.send_proposal(proposal=proposal, sent_on=NOW.date(), actor=actor, at=NOW)
    assert Proposal.objects.count() == 1
