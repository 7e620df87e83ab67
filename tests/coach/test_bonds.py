"""The relation behind a deal, the ledger of our promises, and a fear nobody spoke out (method: 3.6, 3.7, 3.14)."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.proven import DAY, TODAY, case_of
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import make_finding
from wendu.coach.bonds import bonds_of
from wendu.coach.frame import Frame
from wendu.desk.bonds import bond_view
from wendu.opportunities.choices import InfluencerRole
from wendu.touches.actions import CommitmentDraft, PromiseDraft, TouchDraft, log_touch, settle_promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast):
    customer = make_customer(cast.alice, "桐溪注塑", at=MONDAY - timedelta(days=90), tier="key")
    return make_opportunity(customer, "空压站节能", opened_on=TODAY - 60 * DAY, at=MONDAY - timedelta(days=60))


@pytest.fixture
def boss(deal):
    return person(deal, "顾明舒", InfluencerRole.DECISION_MAKER, weight=5)


def person(deal, name, role=InfluencerRole.USER, department="生产部", **more):
    who = make_contact(deal.customer, name, department=department)
    make_influencer(deal, who, role, **more)
    return who


def talk(deal, who, days, *, actor=None, **more):
    contacts = tuple(each.pk for each in who)
    draft = TouchDraft(
        kind="visit", touched_on=TODAY - days * DAY, opportunity_id=deal.pk, contact_ids=contacts, **more
    )
    return log_touch(customer=deal.customer, draft=draft, actor=actor or deal.owner, at=MONDAY)


def bonds(deal, *, stage="ST3", since=None, is_silent=False):
    return bonds_of(case_of(deal), stage=stage, since=since, is_silent=is_silent)


def test_one_person_met_is_the_level_of_single_persons_and_a_key_customer_asks_for_the_department(deal, boss):
    talk(deal, [boss], 5)

    found = bonds(deal)

    assert (found.level.band, found.target, found.falls_short) == ("individual", "department", True)
    assert "再带一位同事" in bond_view(found, Frame.at(MONDAY)).how


def test_two_of_theirs_and_two_of_ours_in_the_buying_department_are_the_level_of_the_department(cast, deal, boss):
    other = person(deal, "叶青")
    talk(deal, [boss, other], 5)
    talk(deal, [boss], 4, actor=cast.mona)

    assert bonds(deal).level.band == "department"
    assert not bonds(deal).falls_short


def test_where_no_department_is_known_it_is_said_and_not_guessed(cast, deal):
    some = [person(deal, name, department="") for name in ("甲", "乙")]
    talk(deal, some, 5)
    talk(deal, some, 4, actor=cast.mona)

    found = bonds(deal)

    assert found.level.band == "individual"
    assert "部门" in bond_view(found, Frame.at(MONDAY)).reasons[0]


def test_the_ledger_puts_what_is_overdue_first_and_counts_what_was_kept(deal, boss):
    kept = talk(deal, [boss], 20, promises=(PromiseDraft(contact_id=boss.pk, what="寄样本", due_on=TODAY - 15 * DAY),))
    talk(deal, [boss], 10, promises=(PromiseDraft(contact_id=boss.pk, what="算电费", due_on=TODAY - 5 * DAY),))
    talk(deal, [boss], 3, promises=(PromiseDraft(contact_id=boss.pk, what="带工程师", due_on=TODAY + 5 * DAY),))
    settle_promise(promise=kept.promises.get(), state="kept", actor=deal.owner, at=MONDAY)

    view = bond_view(bonds(deal), Frame.at(MONDAY))

    assert [(promise.what, late) for promise, late in view.promises][:2] == [("算电费", True), ("带工程师", False)]
    assert (view.kept, view.broken, view.due) == (1, 0, 2)


def test_m80_signs_of_a_hidden_concern_count_from_the_trust_stage_on(deal, boss):
    for days in (20, 12):
        talk(
            deal,
            [boss],
            days,
            commitment=CommitmentDraft(contact_id=boss.pk, what="给开机时长", due_on=TODAY - (days - 3) * DAY),
        )

    assert bonds(deal, stage="ST2").worry is None
    worry = bonds(deal).worry
    assert (worry.band, worry.reasons[0].code, worry.reasons[0].numbers["times"]) == ("ask", "postponed", 2)
    assert bond_view(bonds(deal), Frame.at(MONDAY)).worries == "推迟了 2 次"


def test_m142_our_word_to_all_of_them_rates_our_company_and_to_one_person_only_him(deal, boss):
    make_finding(deal, "trustrating", boss, reliability=8, intimacy=6, self_orientation=3, promise_keeping=9)
    drafts = [PromiseDraft(what=f"第{n}件", due_on=TODAY + DAY) for n in range(3)]
    kept = talk(deal, [boss], 10, promises=tuple(drafts))

    def trust():
        (found,) = [trust for who, trust in case_of(deal).trusted if who.id == boss.pk]
        return found.person, found.company

    before = trust()
    first, second, third = kept.promises.order_by("pk")
    for promise, state in ((first, "kept"), (second, "kept")):
        settle_promise(promise=promise, state=state, actor=deal.owner, at=MONDAY)
    assert trust() == before, "two are too few to tell"
    assert "满 3 条" in bond_view(bonds(deal), Frame.at(MONDAY)).word

    settle_promise(promise=third, state="broken", actor=deal.owner, at=MONDAY)

    assert before == (72.5, 90)
    assert trust() == (72.5, 50)
    assert "5.0 分" in bond_view(bonds(deal), Frame.at(MONDAY)).word


def test_m80_a_settled_topic_a_sudden_price_and_silence_are_signs_too(deal, boss):
    assert bonds(deal).worry.band == "quiet"
    settled = {"state": "resolved", "words": "行", "settled_on": TODAY - 9 * DAY, "raised_on": TODAY - 20 * DAY}
    make_finding(deal, "concern", boss, **settled)
    make_finding(deal, "concern", boss, raised_on=TODAY - 2 * DAY)
    make_finding(deal, "concern", boss, kind="price", what="太贵", raised_on=TODAY - DAY)

    def codes():
        return {reason.code for reason in bonds(deal, since=TODAY - 5 * DAY, is_silent=True).worry.reasons}

    assert "new_silence" not in codes(), "nobody talked about it here: how long it was silent is unknown"
    talk(deal, [boss], 40)
    assert codes() == {"re_raised", "sudden_price_complaint", "new_silence"}
    assert "sudden_price_complaint" not in {each.code for each in bonds(deal, since=TODAY).worry.reasons}


def test_an_old_worry_about_the_price_is_not_sudden(deal, boss):
    make_finding(deal, "concern", boss, kind="price", what="太贵", raised_on=TODAY - 40 * DAY)
    make_finding(deal, "concern", boss, kind="price", what="还是贵", raised_on=TODAY - DAY)

    assert bonds(deal, since=TODAY - 5 * DAY).worry.band == "quiet"
