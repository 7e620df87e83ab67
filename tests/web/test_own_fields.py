"""The company's own fields of people and deals in the browser: asked in forms, shown on pages, told in the log."""

import pytest
from django.urls import reverse

from tests.cast import MONDAY
from tests.web.one_customer import alice, story
from tests.web.test_guarded import sent
from wendu.customers.actions import define_field, set_contact_values, set_custom_value
from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.models import Contact, Customer, CustomField
from wendu.opportunities.actions import set_deal_values
from wendu.opportunities.models import Opportunity

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
OPTIONS = [{"code": "open", "zh": "公开招标", "en": "Open"}, {"code": "asked", "zh": "邀请招标", "en": "By invitation"}]


@pytest.fixture
def house(cast, story):
    """A code that is a field of each kind, and a name that is also a column."""

    def define(about, code, zh, type_=FieldType.TEXT, **more):
        words = {"label_zh": zh, "label_en": f"{code} of {about}", "type": type_, **more}
        return define_field(about=about, code=code, actor=cast.ada, at=MONDAY, **words)

    cast.likes = define(FieldAbout.CONTACT, "likes", "爱好")
    cast.named = define(FieldAbout.CONTACT, "name", "昵称")
    cast.born = define(FieldAbout.CONTACT, "born", "生日", FieldType.DATE)
    cast.bid = define(FieldAbout.OPPORTUNITY, "bid", "招标方式", FieldType.CHOICE, options=OPTIONS)
    cast.kw = define(FieldAbout.OPPORTUNITY, "kw", "总功率", FieldType.NUMBER)
    cast.vip = define(FieldAbout.CUSTOMER, "vip", "要紧", FieldType.FLAG)
    cast.person_url = reverse("customers:contact", args=[story.he.uuid])
    cast.deal_form = f"{story.deal_url}details/"
    return cast


def test_the_forms_of_a_person_and_a_deal_ask_for_them(house, alice, story):
    person = sent(alice, house.person_url, own_likes="钓鱼", own_name="老顾", own_born="1980-03-07")
    deal = sent(alice, house.deal_form, own_bid="asked", own_kw="1,250")

    assert alice.post(house.person_url, person).status_code < 400
    assert alice.post(house.deal_form, deal).status_code < 400

    he = Contact.objects.get(pk=story.he.pk)
    assert (he.name, he.custom) == ("顾明舒", {"likes": "钓鱼", "name": "老顾", "born": "1980-03-07"})
    assert Opportunity.objects.get(pk=story.deal.pk).custom == {"bid": "asked", "kw": 1250}
    page, shown = alice.get(story.page_url).content.decode(), alice.get(story.deal_url).content.decode()
    assert "爱好 钓鱼" in page
    assert "生日 1980-03-07" in page
    assert "邀请招标" in shown
    assert "总功率" in shown
    cleared = sent(alice, house.person_url, own_likes="", own_name="", own_born="")
    alice.post(house.person_url, cleared)
    assert Contact.objects.get(pk=story.he.pk).custom == {}
    assert "爱好" not in alice.get(story.page_url).content.decode()


def test_a_value_left_alone_is_not_written(house, alice, story):
    mine = sent(alice, house.person_url, job_title="厂长")
    set_contact_values(contact=story.he, values={house.likes: "钓鱼"}, actor=house.alice, at=MONDAY)

    assert alice.post(house.person_url, mine).status_code < 400

    he = Contact.objects.get(pk=story.he.pk)
    assert (he.job_title, he.custom) == ("厂长", {"likes": "钓鱼"})


def test_what_another_wrote_meanwhile_is_shown_first(house, alice, story):
    person, deal = sent(alice, house.person_url, own_likes="喝茶"), sent(alice, house.deal_form, own_bid="asked")
    set_contact_values(contact=story.he, values={house.likes: "钓鱼"}, actor=house.mona, at=MONDAY)
    set_deal_values(opportunity=story.deal, values={house.bid: "open"}, actor=house.mona, at=MONDAY)

    for url, written, name, theirs in (
        (house.person_url, person, "own_likes", "钓鱼"),
        (house.deal_form, deal, "own_bid", "公开招标"),
    ):
        stopped = alice.post(url, written)
        assert stopped.status_code == 422
        errors = stopped.context["form"].errors
        assert errors.keys() == {name}
        assert theirs in str(errors)
        assert house.mona.display_name in str(errors)


def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_written(house, alice, story):
    deal = sent(alice, house.deal_form, own_kw="很大", title="换个名字")

    refused = alice.post(house.deal_form, deal)

    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"own_kw"}
    assert Opportunity.objects.get(pk=story.deal.pk).title == "空压站节能改造"


def test_a_flag_of_a_customer_stays_when_another_field_is_saved(house, alice, story, cast):
    note = define_field(code="note2", label_zh="话", label_en="Words", actor=cast.ada, at=MONDAY)
    set_custom_value(customer=story.customer, field=house.vip, value="yes", actor=cast.alice, at=MONDAY)
    url = reverse("customers:fields", args=[story.customer.uuid])

    assert 'value="true" selected' in alice.get(url).content.decode()
    alice.post(url, sent(alice, url, **{note.code: "好"}))

    assert Customer.objects.get(pk=story.customer.pk).custom == {"vip": True, "note2": "好"}


def test_outsiders_find_neither_form_nor_value(house, enter, story):
    set_contact_values(contact=story.he, values={house.likes: "钓鱼"}, actor=house.alice, at=MONDAY)
    charlie = enter(house.charlie)

    assert charlie.post(house.person_url, {"name": "x", "own_likes": "x"}).status_code == 404
    assert charlie.post(house.deal_form, {"title": "x", "own_kw": "1"}).status_code == 404
    assert "顾明舒" not in charlie.get("/search/?q=钓鱼").content.decode()
    assert Contact.objects.get(pk=story.he.pk).custom == {"likes": "钓鱼"}


def test_log_and_corrections_say_it_in_words(house, alice, enter, story):
    set_contact_values(contact=story.he, values={house.likes: "钓鱼"}, actor=house.alice, at=MONDAY)
    set_deal_values(opportunity=story.deal, values={house.bid: "open"}, actor=house.alice, at=MONDAY)

    corrections = alice.get(reverse("customers:edits", args=[story.customer.uuid])).content.decode()
    log = enter(house.ada).get("/settings/audit/").content.decode()

    for page in (corrections, log):
        for words in ("爱好", "钓鱼", "招标方式", "公开招标"):
            assert words in page
        assert "likes<" not in page
    assert "属于" in log


def test_the_settings_list_the_three_kinds_and_add_to_each(house, enter):
    client, named = (
        enter(house.ada),
        {"label_zh": "口味", "label_en": "Taste", "type": "text", "code": "", "about": "contact"},
    )
    more = {"options-TOTAL_FORMS": "0", "options-INITIAL_FORMS": "0"}

    page = client.post("/settings/fields/new/?about=contact", {**named, **more}, follow=True)

    piles = {about: [row["name"] for row in rows] for about, _name, rows in page.context["piles"]}
    assert piles == {
        "customer": ["要紧"],
        "contact": ["爱好", "昵称", "生日", "口味"],
        "opportunity": ["招标方式", "总功率"],
    }
    assert CustomField.objects.get(code="taste").about == "contact"
    asked = client.get("/settings/fields/new/?about=opportunity").context["form"]
    assert asked["about"].value() == "opportunity"
    assert client.get("/settings/fields/new/?about=nobody").context["form"]["about"].value() == "customer"
    refused = client.post("/settings/fields/new/", {**named, **more, "about": "nobody"})
    assert refused.status_code == 422


def test_a_new_person_and_a_new_deal_are_asked_for_them_at_once(house, alice, story):
    person = reverse("customers:contact_new", args=[story.customer.uuid])
    deal = f"{reverse('opportunities:new')}?customer={story.customer.uuid}"
    assert "爱好" in alice.get(person).content.decode()
    assert "公开招标" in alice.get(deal).content.decode()

    added = alice.post(person, {"name": "沈知远", "own_likes": "下棋", "own_name": "老沈", "own_born": ""})
    opened = alice.post(deal, {"title": "二期", "own_bid": "asked", "own_kw": "1,250"})

    assert (added.status_code < 400, opened.status_code < 400) == (True, True)
    assert Contact.objects.get(name="沈知远").custom == {"likes": "下棋", "name": "老沈"}
    assert Opportunity.objects.get(title="二期").custom == {"bid": "asked", "kw": 1250}
    assert "沈知远" in alice.get("/search/?q=下棋").content.decode()
    corrections = alice.get(reverse("customers:edits", args=[story.customer.uuid])).content.decode()
    for words in ("下棋", "邀请招标"):
        assert words in corrections


def test_nobody_is_added_and_nothing_opened_with_a_value_that_does_not_fit(house, alice, story):
    person = reverse("customers:contact_new", args=[story.customer.uuid])
    deal = f"{reverse('opportunities:new')}?customer={story.customer.uuid}"

    refused = [
        alice.post(person, {"name": "沈知远", "own_born": "昨天"}),
        alice.post(deal, {"title": "二期", "own_kw": "很大"}),
    ]

    assert [answer.status_code for answer in refused] == [422, 422]
    assert [[*answer.context["form"].errors] for answer in refused] == [["own_born"], ["own_kw"]]
    assert not Contact.objects.filter(name="沈知远").exists()
    assert not Opportunity.objects.filter(title="二期").exists()
