"""Fields of the company's own of people and deals: typed, permitted, journaled, counted, found and carried along."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer, make_opportunity
from tests.imports.uploads import brought_in, run_jobs
from tests.merges.hashing import database_hash
from wendu.customers.actions import (
    BadCustomValue,
    FieldCodeTaken,
    FieldOfOthers,
    FieldRetired,
    define_field,
    edit_contact,
    edit_field,
    move_field,
    retire_field,
    set_contact_values,
    set_custom_value,
)
from wendu.customers.actions.fields import OptionInUse
from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.models import Contact
from wendu.customers.queries import standing_fields
from wendu.imports.actions import undo_import
from wendu.imports.models import Import
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.merges.actions import merge_contacts, unmerge
from wendu.opportunities.actions import edit_opportunity, set_deal_values
from wendu.opportunities.models import Opportunity
from wendu.search.queries import find

pytestmark = pytest.mark.django_db
CONTACT, DEAL = FieldAbout.CONTACT, FieldAbout.OPPORTUNITY
BIDS = [{"code": "open", "zh": "公开招标", "en": "Open"}, {"code": "asked", "zh": "邀请招标", "en": "By invitation"}]


def field(cast, about, code, type_=FieldType.TEXT, **more):
    words = {"label_zh": f"字段{code}", "label_en": f"Field {code}"}
    return define_field(about=about, code=code, type=type_, actor=cast.ada, at=MONDAY, **words, **more)


@pytest.fixture
def world(cast):
    cast.customer = make_customer(cast.alice, "桐溪注塑")
    cast.person = make_contact(cast.customer, "顾明舒")
    cast.deal = make_opportunity(cast.customer, "空压站改造")
    return cast


def test_one_code_may_be_a_field_of_each_kind(cast):
    for about in FieldAbout:
        field(cast, about, "grade")

    assert [row.about for about in FieldAbout for row in standing_fields(about)] == list(FieldAbout)
    with pytest.raises(FieldCodeTaken):
        field(cast, CONTACT, "grade")


def test_fields_are_sorted_among_their_own_kind(cast):
    first, second = (field(cast, DEAL, code, position=place) for place, code in enumerate("ab"))
    field(cast, CONTACT, "c")

    move_field(field=second, by=-1, actor=cast.ada, at=MONDAY)

    assert [row.code for row in standing_fields(DEAL)] == ["b", "a"]
    assert Entry.objects.get(verb="fields.sorted").after == {"codes": ["b", "a"]}
    assert first.about == DEAL


def test_a_value_of_a_person_and_of_a_deal_is_read_kept_and_cleared(world):
    born, bid = field(world, CONTACT, "born", FieldType.DATE), field(world, DEAL, "bid", FieldType.CHOICE, options=BIDS)

    set_contact_values(contact=world.person, values={born: "1980/03/07"}, actor=world.alice, at=MONDAY)
    set_deal_values(opportunity=world.deal, values={bid: "公开招标"}, actor=world.alice, at=MONDAY)

    assert (world.person.custom, world.deal.custom) == ({"born": "1980-03-07"}, {"bid": "open"})
    said = Entry.objects.filter(verb__endswith="custom_changed").order_by("pk").values_list("verb", "before", "after")
    assert list(said) == [
        ("contact.custom_changed", {"born": None}, {"born": "1980-03-07"}),
        ("opportunity.custom_changed", {"bid": None}, {"bid": "open"}),
    ]
    set_contact_values(contact=world.person, values={born: ""}, actor=world.alice, at=MONDAY)
    set_deal_values(opportunity=world.deal, values={bid: None}, actor=world.alice, at=MONDAY)
    assert (world.person.custom, world.deal.custom) == ({}, {})
    count = Entry.objects.count()
    set_deal_values(opportunity=world.deal, values={bid: None}, actor=world.alice, at=MONDAY)
    assert Entry.objects.count() == count, "what stays is not journaled"


def test_an_edit_with_a_wrong_own_value_writes_nothing(world):
    born, kw = field(world, CONTACT, "born", FieldType.DATE), field(world, DEAL, "kw", FieldType.NUMBER)

    with pytest.raises(BadCustomValue):
        edit_contact(
            contact=world.person, changes={"job_title": "厂长"}, own={born: "春天"}, actor=world.alice, at=MONDAY
        )
    with pytest.raises(BadCustomValue):
        edit_opportunity(
            opportunity=world.deal, changes={"product": "机"}, own={kw: "很大"}, actor=world.alice, at=MONDAY
        )

    assert Contact.objects.get(pk=world.person.pk).job_title == ""
    assert Opportunity.objects.get(pk=world.deal.pk).product == ""


def test_a_field_of_others_and_a_retired_one_take_nothing(world):
    customers, people = field(world, FieldAbout.CUSTOMER, "a"), field(world, CONTACT, "a")
    with pytest.raises(FieldOfOthers):
        set_contact_values(contact=world.person, values={customers: "x"}, actor=world.alice, at=MONDAY)
    with pytest.raises(FieldOfOthers):
        set_custom_value(customer=world.customer, field=people, value="x", actor=world.alice, at=MONDAY)
    retire_field(field=people, actor=world.ada, at=MONDAY)
    with pytest.raises(FieldRetired):
        set_contact_values(contact=world.person, values={people: "x"}, actor=world.alice, at=MONDAY)
    assert (world.person.custom, world.customer.custom) == ({}, {})


@pytest.mark.parametrize("who", ["charlie", "eve", "mia"])
def test_outsiders_set_nothing(world, who):
    person, deal, user = field(world, CONTACT, "a"), field(world, DEAL, "a"), getattr(world, who)

    with pytest.raises(Denied):
        set_contact_values(contact=world.person, values={person: "x"}, actor=user, at=MONDAY)
    with pytest.raises(Denied):
        set_deal_values(opportunity=world.deal, values={deal: "x"}, actor=user, at=MONDAY)

    assert not Entry.objects.filter(verb__endswith="custom_changed").exists()


def test_an_option_in_use_is_counted_where_the_field_belongs(world):
    people = field(world, CONTACT, "bid", FieldType.CHOICE, options=BIDS)
    deals = field(world, DEAL, "bid", FieldType.CHOICE, options=BIDS)
    set_deal_values(opportunity=world.deal, values={deals: "asked"}, actor=world.alice, at=MONDAY)
    left = [BIDS[0], {"code": "none", "zh": "不招标", "en": "None"}]

    edit_field(field=people, changes={}, options=left, actor=world.ada, at=MONDAY)
    with pytest.raises(OptionInUse) as refused:
        edit_field(field=deals, changes={}, options=left, actor=world.ada, at=MONDAY)

    assert "1" in refused.value.text()
    assert [option["code"] for option in standing_fields(DEAL)[0].options] == ["open", "asked"]


def test_texts_of_people_and_deals_are_found_and_forgotten(world):
    likes, bid = field(world, CONTACT, "likes"), field(world, DEAL, "bid")
    set_contact_values(contact=world.person, values={likes: "爱喝普洱"}, actor=world.alice, at=MONDAY)
    set_deal_values(opportunity=world.deal, values={bid: "苏采2026-117"}, actor=world.alice, at=MONDAY)

    def found(words, user=world.alice):
        return [each.title for each in find(words, user=user)]

    assert (found("普洱"), found("2026-117")) == (["顾明舒"], ["空压站改造"])
    assert (found("普洱", world.charlie), found("2026-117", world.charlie)) == ([], [])
    edit_contact(contact=world.person, changes={"job_title": "厂长"}, actor=world.alice, at=MONDAY)
    assert found("普洱") == ["顾明舒"], "an edit of something else keeps it"
    set_contact_values(contact=world.person, values={likes: ""}, actor=world.alice, at=MONDAY)
    assert found("普洱") == []


def test_merged_people_carry_the_values_and_part_with_them(world):
    likes, born = field(world, CONTACT, "likes"), field(world, CONTACT, "born", FieldType.DATE)
    twin = make_contact(world.customer, "顾总")
    set_contact_values(contact=twin, values={likes: "钓鱼", born: "1980-03-07"}, actor=world.alice, at=MONDAY)
    set_contact_values(contact=world.person, values={likes: "喝茶"}, actor=world.alice, at=MONDAY)
    before = database_hash()

    merge = merge_contacts(kept=world.person, gone=twin, actor=world.mona, at=MONDAY)

    world.person.refresh_from_db()
    assert world.person.custom == {"likes": "喝茶", "born": "1980-03-07"}
    unmerge(merge=merge, actor=world.mona, at=MONDAY)
    assert database_hash() == before


def test_a_choice_of_the_other_value_counts_when_people_are_merged(world):
    likes = field(world, CONTACT, "likes")
    twin = make_contact(world.customer, "顾总")
    for person, words in ((world.person, "喝茶"), (twin, "钓鱼")):
        set_contact_values(contact=person, values={likes: words}, actor=world.alice, at=MONDAY)

    merge_contacts(kept=world.person, gone=twin, choices={"custom.likes": "gone"}, actor=world.mona, at=MONDAY)

    world.person.refresh_from_db()
    assert world.person.custom == {"likes": "钓鱼"}


def test_taking_an_import_back_puts_the_values_back(world):
    likes, kw = field(world, CONTACT, "likes"), field(world, DEAL, "kw", FieldType.NUMBER)
    set_contact_values(contact=world.person, values={likes: "喝茶"}, actor=world.alice, at=MONDAY)
    set_deal_values(opportunity=world.deal, values={kw: 75}, actor=world.alice, at=MONDAY)
    people = brought_in(world.alice, "联系人,客户,字段likes\n顾明舒,桐溪注塑,钓鱼\n", "contacts")
    day = f"{world.deal.opened_on}"
    rows = f"商机,客户,开始日期,custom.kw,负责人\n空压站改造,桐溪注塑,{day},110,alice\n"
    deals = brought_in(world.alice, rows, "opportunities")
    assert (people.counts["updated"], deals.counts["updated"]) == (1, 1), (people.counts, deals.counts)
    world.person.refresh_from_db()
    world.deal.refresh_from_db()
    assert (world.person.custom, world.deal.custom) == ({"likes": "钓鱼"}, {"kw": 110})

    for row in (deals, people):
        undo_import(row=Import.objects.get(pk=row.pk), actor=world.alice, at=MONDAY)
        run_jobs()

    world.person.refresh_from_db()
    world.deal.refresh_from_db()
    assert (world.person.custom, world.deal.custom) == ({"likes": "喝茶"}, {"kw": 75})
