"""Deals lost with each of the four causes, and a discount nobody may give alone, played in the browser."""

import pytest

from tests.coach.proven import prove_cause
from tests.e2e.browsing import DESK, PHONE, opener
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from wendu.kernel.clock import now
from wendu.opportunities.choices import InfluencerRole, NoDealCause
from wendu.opportunities.models import Diagnosis
from wendu.quotes.models import Quote
from wendu.readings.models import Override

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FOUR = ("C1", "C2", "C3", "C4")


@pytest.fixture
def desk_of(browser, live_server):
    """Open a page as anybody of the cast."""
    contexts = []

    def opened(user, size=DESK):
        open_one, mine = opener(browser, live_server.url, user)
        contexts.append(mine)
        return open_one(size)

    yield opened
    for context in (each for mine in contexts for each in mine):
        context.close()


def proven_deal(cast, cause):
    """An open deal whose evidence gives this cause."""
    customer = make_customer(cast.alice, f"客户{cause}", at=now())
    boss = make_contact(customer, "韩松", at=now())
    today = now().date()
    deal = make_opportunity(
        customer, f"换机{cause}", opened_on=today, at=now(), amount_minor=95_000_000, product="空压机"
    )
    make_influencer(deal, boss, InfluencerRole.DECISION_MAKER, weight=5, is_powerful=True)
    prove_cause(deal, boss, cause)
    return deal


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_m145_one_deal_is_lost_with_each_of_the_four_causes(cast, desk_of, size):
    page = desk_of(cast.alice, size)
    for cause in FOUR:
        deal = proven_deal(cast, cause)
        page.goto(f"/opportunities/{deal.uuid}/")
        page.get_by_role("link", name="丢单", exact=True).click()
        form = page.locator("form.drawer-form")
        assert form.locator("[name=cause]").input_value() == cause
        assert str(NoDealCause(cause).label) in form.inner_text()
        form.get_by_role("button", name="结单").click()
        page.locator("#loss").wait_for()
        assert str(NoDealCause(cause).label) in page.locator("#loss").inner_text()
        assert Diagnosis.objects.get(closure__opportunity=deal).cause == cause
    assert page.faults == []

    lead = desk_of(cast.mona, size)
    lead.goto("/opportunities/losses/?cause=C4")
    assert "换机C4" in lead.locator("#deals").inner_text()
    assert "空压机" in lead.locator("#structural").inner_text()
    assert lead.faults == []


def test_m146_a_discount_is_blocked_asked_for_and_let_out_as_an_exception(cast, desk_of):
    deal = proven_deal(cast, "C1")
    page = desk_of(cast.alice)
    page.goto(f"/opportunities/{deal.uuid}/")
    page.locator("#quotes").get_by_role("link", name="新报价").click()
    page.locator("form.drawer-form").get_by_role("button", name="开始").click()
    page.wait_for_url("**/quotes/*/")
    page.locator("#lines").get_by_role("link", name="加一行").click()
    form = page.locator("form.drawer-form")
    form.locator("[name=item]").fill("空压机")
    form.locator("[name=unit_minor]").fill("95万")
    form.locator("[name=discount]").fill("5")
    form.get_by_role("button", name="加一行").or_(form.get_by_role("button", name="添加")).first.click()
    page.get_by_text("价格低了 5%").wait_for()
    assert "证据不支持，已拦下" in page.locator("#gives").inner_text()
    page.get_by_role("link", name="申请审批").click()
    page.locator("form.drawer-form [name=reason]").fill("年底要量")
    page.locator("form.drawer-form").get_by_role("button", name="申请", exact=True).click()
    page.get_by_text("待审批").first.wait_for()

    lead = desk_of(cast.mona)
    lead.goto("/team/")
    lead.locator("#inbox").get_by_role("link", name="V1").first.click()
    lead.get_by_role("link", name="审批", exact=True).click()
    lead.locator("form.drawer-form [name=reason]").fill("战略客户，破一次例")
    lead.locator("form.drawer-form").get_by_role("button", name="审批", exact=True).click()
    lead.get_by_text("已批准").first.wait_for()

    page.reload()
    page.get_by_role("button", name="发出", exact=True).click()
    page.get_by_role("link", name="客户答复").wait_for()
    assert (Quote.objects.get().state, Override.objects.get().code) == ("sent", "concession")
    assert page.faults + lead.faults == []
