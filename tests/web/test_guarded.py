"""Two people correct the same thing at once: nothing is overwritten unseen, and what both leave alone stays."""

import pytest
from django.urls import reverse

from tests.cast import MONDAY
from tests.factories import make_contact, make_opportunity
from tests.web.one_customer import alice, story
from wendu.customers.actions import define_field, edit_customer
from wendu.customers.models import Customer

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def mona(cast, enter):
    return enter(cast.mona)


def sent(client, url: str, **written) -> dict:
    """What the form at an address carries, with something else written into some of its fields."""
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**shown, **written}.items() if value not in (None, False)}


@pytest.fixture
def details(story):
    return f"{story.page_url}details/"


def test_two_corrections_of_different_values_both_stand(alice, mona, story, details):
    mine, hers = sent(alice, details, city="杭州"), sent(mona, details, note="老板爱喝茶")

    assert mona.post(details, hers).status_code < 400
    assert alice.post(details, mine).status_code < 400

    customer = Customer.objects.get(pk=story.customer.pk)
    assert (customer.city, customer.note) == ("杭州", "老板爱喝茶")


def test_the_same_value_is_overwritten_only_after_it_was_seen(alice, mona, story, details, cast):
    mine, hers = sent(alice, details, city="杭州", note="换了采购"), sent(mona, details, city="湖州")
    mona.post(details, hers)

    stopped = alice.post(details, mine)

    assert stopped.status_code == 422
    assert Customer.objects.get(pk=story.customer.pk).city == "湖州"
    page = stopped.content.decode()
    assert cast.mona.display_name in page
    assert "湖州" in page
    assert "换了采购" in page, "what was typed is still there"

    form = stopped.context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert alice.post(details, again).status_code < 400
    customer = Customer.objects.get(pk=story.customer.pk)
    assert (customer.city, customer.note) == ("杭州", "换了采购")


def test_who_writes_the_same_is_not_asked(alice, mona, story, details):
    mine, hers = sent(alice, details, city="湖州"), sent(mona, details, city="湖州")
    mona.post(details, hers)

    assert alice.post(details, mine).status_code < 400


def test_a_value_somebody_emptied_is_told_as_empty(alice, mona, story, details, cast):
    edit_customer(customer=story.customer, changes={"city": "嘉兴"}, actor=cast.alice, at=MONDAY)
    mine, hers = sent(alice, details, city="杭州"), sent(mona, details, city="")
    mona.post(details, hers)

    stopped = alice.post(details, mine)

    assert stopped.status_code == 422
    assert f"{cast.mona.display_name}刚刚清空了这一项" in stopped.content.decode()


def test_a_form_without_prints_says_what_shall_stand(alice, story, details):
    shown = sent(alice, details, city="杭州")
    del shown["base"]

    assert alice.post(details, shown).status_code < 400
    assert Customer.objects.get(pk=story.customer.pk).city == "杭州"


@pytest.mark.parametrize("base", ["x", "city:", "city:zz nothing:1", "base:1 " * 50])
def test_prints_that_are_none_stop_at_the_field_or_count_for_nothing(alice, story, details, base):
    shown = sent(alice, details, city="杭州", base=base)

    answer = alice.post(details, shown)

    assert answer.status_code in (200, 204, 302, 422)
    assert Customer.objects.get(pk=story.customer.pk).name == story.customer.name


def test_people_deals_and_own_fields_are_guarded_too(alice, mona, story, cast):
    field = define_field(code="fleet", label_zh="车队规模", label_en="Fleet", actor=cast.ada, at=MONDAY)
    contact, deal = make_contact(story.customer, "罗敏"), make_opportunity(story.customer, amount_minor=12_800_00)
    cases = (
        (reverse("customers:contact", args=[contact.uuid]), "job_title", "财务总监", "财务"),
        (reverse("opportunities:details", args=[deal.uuid]), "amount", "20万", "30万"),
        (reverse("customers:fields", args=[story.customer.uuid]), field.code, "12 辆", "15 辆"),
    )
    for url, name, theirs, ours in cases:
        mine, hers = sent(alice, url, **{name: ours}), sent(mona, url, **{name: theirs})
        assert mona.post(url, hers).status_code < 400, url
        stopped = alice.post(url, mine)
        assert stopped.status_code == 422, url
        assert stopped.context["form"].errors.keys() == {name}
        assert cast.mona.display_name in str(stopped.context["form"].errors)
