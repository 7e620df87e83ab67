from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity, win
from wendu.customers.actions import (
    AlreadyDeleted,
    NotDeleted,
    NotYourPerson,
    bucket_for,
    change_owner,
    delete_customer,
    restore_customer,
    set_parent,
)
from wendu.customers.queries import collaborators_of, customers_of
from wendu.journal.models import Entry
from wendu.kernel.changes import BadValue
from wendu.kernel.errors import Denied, Stale
from wendu.opportunities.actions import (
    BadCurrency,
    BadFirstStage,
    BadWeight,
    FutureDay,
    GoesRound,
    LinkedToSelf,
    NegativeAmount,
    NotOfThisCustomer,
    OpenedTooLate,
    OpportunityIdTaken,
    change_deal_owner,
    delete_opportunity,
    edit_opportunity,
    remove_influencer,
    restore_opportunity,
    set_influencer,
)
from wendu.opportunities.choices import InfluencerRole, Stage, State
from wendu.opportunities.models import Influencer, Opportunity
from wendu.opportunities.queries import (
    deal_card,
    deal_cards,
    influencer_choices,
    open_opportunities,
    opportunities_of,
)
from wendu.search.queries import find

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def customer(cast):
    return make_customer(cast.alice, "精工")


def test_a_new_opportunity_is_worth_something_in_the_house_currency(cast, customer):
    opportunity = make_opportunity(customer, "数控机床", amount_minor=1_200_000_00)

    assert (opportunity.currency, opportunity.stage, opportunity.opened_on) == ("CNY", Stage.ST1, TODAY)
    entry = Entry.objects.get(verb="opportunity.opened")
    assert (entry.root_id, entry.subject_id, entry.after["opened_on"]) == (
        customer.pk,
        opportunity.pk,
        TODAY.isoformat(),
    )
    assert [hit.title for hit in find("skjc", user=cast.alice)] == ["数控机床"]
    assert find("数控", user=cast.charlie) == []


def test_who_owns_a_deal_works_on_its_customer(cast, customer):
    make_opportunity(customer, owner=cast.charlie, actor=cast.ada)

    assert collaborators_of(cast.alice, customer) == [cast.charlie]
    assert customers_of(cast.charlie).exists()


def test_who_owns_an_open_deal_stays_when_the_customer_is_handed_over(
    cast, customer, django_capture_on_commit_callbacks
):
    make_opportunity(customer)

    with django_capture_on_commit_callbacks(execute=True):
        change_owner(customer=customer, owner=cast.bob, actor=cast.mona, at=MONDAY)

    assert collaborators_of(cast.bob, customer) == [cast.alice]


def test_a_deal_without_a_day_or_a_customer_can_be_imported(cast):
    bucket = bucket_for(user=cast.alice, actor=cast.ada, at=MONDAY)

    opportunity = make_opportunity(bucket, opened_on=None, stage=Stage.ST4)

    assert list(open_opportunities(cast.alice)) == [opportunity]
    assert list(open_opportunities(cast.charlie)) == []


@pytest.mark.parametrize(
    "given,refusal",
    [
        ({"amount_minor": -1}, NegativeAmount),
        ({"amount_minor": 2**63}, BadValue),
        ({"amount_minor": "much"}, BadValue),
        ({"currency": "XYZ"}, BadCurrency),
        ({"currency": "人民币"}, BadCurrency),
        ({"opened_on": TODAY + DAY}, FutureDay),
        ({"title": "长" * 201}, BadValue),
        ({"stage": Stage.ST5}, BadFirstStage),
        ({"expected_on": "soon"}, BadValue),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_is_written(customer, given, refusal):
    with pytest.raises(refusal) as refused:
        make_opportunity(customer, **given)

    assert refused.value.text()
    assert not Opportunity.objects.exists()
    assert not Entry.objects.filter(verb="opportunity.opened").exists()


def test_an_edit_keeps_before_and_after(cast, customer):
    opportunity = make_opportunity(customer, amount_minor=100, external_id="D1")

    edit_opportunity(
        opportunity=opportunity, changes={"amount_minor": 200, "product": "GTX"}, actor=cast.alice, at=MONDAY, seen=0
    )

    entry = Entry.objects.get(verb="opportunity.edited")
    assert (entry.before, entry.after) == (
        {"amount_minor": 100, "product": ""},
        {"amount_minor": 200, "product": "GTX"},
    )
    assert find("GTX", user=cast.alice)
    with pytest.raises(Stale):
        edit_opportunity(opportunity=opportunity, changes={"product": "MG"}, actor=cast.alice, at=MONDAY, seen=0)
    with pytest.raises(OpportunityIdTaken):
        make_opportunity(customer, external_id="D1")


def test_a_deal_is_not_opened_after_it_was_closed(cast, customer):
    opportunity = make_opportunity(customer, opened_on=TODAY - 30 * DAY)
    win(opportunity, TODAY - 10 * DAY)

    with pytest.raises(OpenedTooLate):
        edit_opportunity(opportunity=opportunity, changes={"opened_on": TODAY}, actor=cast.alice, at=MONDAY)
    edit_opportunity(opportunity=opportunity, changes={"opened_on": TODAY - 10 * DAY}, actor=cast.alice, at=MONDAY)

    assert opportunity.opened_on == TODAY - 10 * DAY


def test_a_deal_is_handed_to_a_colleague(cast, customer):
    opportunity = make_opportunity(customer)

    change_deal_owner(opportunity=opportunity, owner=cast.bob, actor=cast.alice, at=MONDAY)

    assert collaborators_of(cast.alice, customer) == [cast.bob]
    assert Entry.objects.get(verb="opportunity.owner_changed").after == {"owner": cast.bob.pk}
    with pytest.raises(NotYourPerson):
        change_deal_owner(opportunity=opportunity, owner=cast.charlie, actor=cast.alice, at=MONDAY)


def seen(user):
    return Opportunity.objects.visible_to(user).standing()


def test_a_deleted_deal_comes_back_as_it_was(cast, customer):
    opportunity = make_opportunity(customer, "数控机床")

    delete_opportunity(opportunity=opportunity, actor=cast.alice, at=MONDAY)

    assert list(opportunities_of(cast.alice, customer)) == []
    assert find("数控", user=cast.alice) == []
    with pytest.raises(AlreadyDeleted):
        edit_opportunity(opportunity=opportunity, changes={"title": "x"}, actor=cast.alice, at=MONDAY)

    restore_opportunity(opportunity=opportunity, actor=cast.alice, at=MONDAY)

    assert list(opportunities_of(cast.alice, customer)) == [opportunity]
    assert find("数控", user=cast.alice)
    with pytest.raises(NotDeleted):
        restore_opportunity(opportunity=opportunity, actor=cast.alice, at=MONDAY)


def test_a_deleted_customer_hides_its_deals_and_brings_them_back(cast, customer):
    opportunity = make_opportunity(customer)
    delete_customer(customer=customer, actor=cast.alice, at=MONDAY)

    assert not seen(cast.alice).filter(pk=opportunity.pk).exists()
    with pytest.raises(AlreadyDeleted):
        make_opportunity(customer)

    restore_customer(customer=customer, actor=cast.alice, at=MONDAY)
    assert seen(cast.alice).get() == opportunity


def test_who_decides_is_named_corrected_and_removed(cast, customer):
    opportunity, boss = make_opportunity(customer), make_contact(customer, "王总")

    make_influencer(opportunity, boss, InfluencerRole.USER)
    influencer = make_influencer(opportunity, boss, InfluencerRole.DECISION_MAKER, weight=5, stance=1, access="direct")

    assert (Influencer.objects.get(), influencer.weight) == (influencer, 5)
    remove_influencer(influencer=influencer, actor=cast.alice, at=MONDAY)
    assert not Influencer.objects.exists()
    entries = Entry.objects.filter(verb__startswith="influencer.").order_by("pk")
    assert [(entry.verb, entry.root_id) for entry in entries] == [
        ("influencer.set", customer.pk),
        ("influencer.set", customer.pk),
        ("influencer.removed", customer.pk),
    ]


@pytest.mark.parametrize(
    "details,refusal",
    [({"weight": 0}, BadWeight), ({"weight": 6}, BadWeight), ({"stance": 3}, BadValue), ({"access": "x"}, BadValue)],
)
def test_a_voice_has_a_weight_a_stance_and_a_way(customer, details, refusal):
    opportunity, boss = make_opportunity(customer), make_contact(customer, "王总")

    with pytest.raises(refusal):
        make_influencer(opportunity, boss, **details)

    assert not Influencer.objects.exists()


def test_who_decides_belongs_to_the_customer_or_its_nearest_companies(cast, customer):
    parent, child, stranger = (make_customer(cast.alice, name) for name in ("集团", "分厂", "别家"))
    set_parent(customer=customer, parent=parent, actor=cast.alice, at=MONDAY)
    set_parent(customer=child, parent=customer, actor=cast.alice, at=MONDAY)
    opportunity = make_opportunity(customer)

    near = [make_contact(parent), make_contact(child), make_contact(customer)]
    for contact in near:
        make_influencer(opportunity, contact)
    with pytest.raises(NotOfThisCustomer):
        make_influencer(opportunity, make_contact(stranger))

    assert set(influencer_choices(cast.alice, opportunity)) == set(near)
    assert influencer_choices(cast.charlie, opportunity) == []


def test_a_line_of_the_map_joins_two_people_of_the_house_and_never_goes_round(cast, customer):
    stranger = make_contact(make_customer(cast.alice, "别家"))
    boss, head, user = (make_contact(customer, name) for name in ("王总", "李主任", "小陈"))
    opportunity = make_opportunity(customer)
    make_influencer(opportunity, head, reports_to_id=boss.pk)
    make_influencer(opportunity, user, reports_to_id=head.pk, sways_id=boss.pk)

    for who, wrong, refusal, field in (
        (boss, {"reports_to_id": user.pk}, GoesRound, "reports_to_id"),
        (head, {"sways_id": head.pk}, LinkedToSelf, "sways_id"),
        (user, {"sways_id": stranger.pk}, NotOfThisCustomer, "sways_id"),
    ):
        with pytest.raises(refusal) as refused:
            make_influencer(opportunity, who, **wrong)
        assert refused.value.field == field

    make_influencer(opportunity, user, reports_to_id=None)
    rows = dict(Influencer.objects.values_list("contact__name", "reports_to__name"))
    assert rows == {"李主任": "王总", "小陈": None}
    assert Entry.objects.filter(verb="influencer.set").last().after["reports_to_id"] is None


def test_an_outsider_sees_and_changes_nothing(cast, customer):
    opportunity, boss = make_opportunity(customer), make_contact(customer, "王总")
    influencer = make_influencer(opportunity, boss)
    before = (Opportunity.objects.values().get(), Influencer.objects.values().get(), Entry.objects.count())

    assert not seen(cast.charlie).exists()
    assert list(opportunities_of(cast.charlie, customer)) == []
    for act in (delete_opportunity, restore_opportunity):
        with pytest.raises(Denied):
            act(opportunity=opportunity, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        make_opportunity(customer, actor=cast.charlie)
    with pytest.raises(Denied):
        edit_opportunity(opportunity=opportunity, changes={"title": "x"}, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        change_deal_owner(opportunity=opportunity, owner=cast.charlie, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        set_influencer(opportunity=opportunity, contact=boss, role=InfluencerRole.COACH, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        remove_influencer(influencer=influencer, actor=cast.charlie, at=MONDAY)

    assert before == (Opportunity.objects.values().get(), Influencer.objects.values().get(), Entry.objects.count())


def test_the_cards_of_any_number_of_deals_cost_four_queries(cast, customer, django_assert_num_queries):
    boss = make_contact(customer, "王总")
    for _ in range(3):
        make_influencer(make_opportunity(customer), boss)
    win(Opportunity.objects.order_by("pk")[0])

    with django_assert_num_queries(4):
        cards = deal_cards(opportunities_of(cast.alice, customer))
        assert [card.influencers[0].contact.name for card in cards] == ["王总"] * 3
        assert sorted(card.state for card in cards) == [State.OPEN, State.OPEN, State.WON]

    assert deal_card(cards[0].opportunity, cards[0].influencers)[0].is_open
