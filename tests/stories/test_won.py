"""A deal in a browser from the first visit to the signature: each gate opens by what was written down, none by hope."""

import pytest

from tests.e2e.browsing import opener
from tests.web.one_customer import today
from wendu.customers.models import Contact, Customer
from wendu.discovery.models import Demand
from wendu.opportunities.models import Closure, Opportunity, StageMove
from wendu.readings.models import Override

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SEND = "form.drawer-form button[type=submit]"
NEED = {
    "requirement": "换机不停产",
    "need": "年底交货不误",
    "kind": "explicit",
    "quote": "停一天就交不上",
    "fit": "8",
    "is_best_for_them": "yes",
    "capability": "yes",
}
RATED = {
    "credibility": "8",
    "reliability": "8",
    "intimacy": "7",
    "self_orientation": "2",
    "qualification": "8",
    "references": "8",
    "delivery": "8",
    "promise_keeping": "9",
}
WORTH = {
    "product_minor": "90万",
    "service_minor": "35万",
    "personnel_minor": "15万",
    "image_minor": "10万",
    "money_minor": "0",
    "time_minor": "10万",
    "energy_minor": "5万",
    "worry_minor": "5万",
    "cost_minor": "70万",
}
EXPECTED = {
    "goal": "年底交货不误",
    "expected": "0",
    "unit": "小时",
    "promised": "0",
    "typical": "0",
    "best": "0",
    "lower_is_better": True,
    "solution": "旁路先通气，轮着换",
    "safeguards": "租一台备机在场",
    "judged_by": "停线时长",
    "accepted_when": "换机当天停线零小时",
}


@pytest.fixture
def page(browser, live_server, cast):
    opened, contexts = opener(browser, live_server.url, cast.alice)
    yield opened()
    for context in contexts:
        context.close()


def write(page, path, **said):
    """Fill in a form of the product as a person would, and send it."""
    page.goto(path)
    folded = page.locator("form.drawer-form details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    for name, value in said.items():
        field = page.locator(f"form.drawer-form [name={name}]").first
        if value is True:
            field.check()
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator(SEND).last.click()
    page.wait_for_load_state()


def test_a_deal_is_won_by_its_evidence_from_the_first_visit_to_the_signature(page):
    on = today().isoformat()
    write(page, "/customers/new/", name="澜岸重工", city="宁波")
    customer = Customer.objects.get(name="澜岸重工")
    write(page, f"/customers/{customer.uuid}/contacts/new/", name="钟启明", job_title="总经理", mobile="13800138011")
    boss = Contact.objects.get(name="钟启明")
    log(page, customer, boss)
    write(page, f"/opportunities/new/?customer={customer.uuid}", title="二期空压站", amount="100万")
    deal = Opportunity.objects.get(title="二期空压站")
    room, who = f"/opportunities/{deal.uuid}/", {"contact_id": str(boss.pk)}
    write(
        page,
        f"{room}influencers/",
        contact=str(boss.pk),
        role="decision_maker",
        is_receptive=True,
        is_dissatisfied=True,
        is_powerful=True,
        weight="5",
        stance="2",
    )

    write(page, f"{room}stage/?to=ST2")
    page.get_by_text("缺 4 项证据").first.wait_for()
    assert stage_of(deal) == "ST1"

    write(page, f"{room}findings/demand/", **who, **NEED, confirmed_on=on)
    write(page, f"{room}findings/criterion/", name="不停产", weight="5", ours="8", rivals="海川 7")
    write(page, f"{room}findings/effect/", people="self", problem="夜里白跑", solution="变频联控", save_minor="31万")
    write(page, f"{room}stage/?to=ST2")
    assert stage_of(deal) == "ST2"

    write(page, f"{room}findings/interest/", **who, interest="cost", importance="5")
    need = str(Demand.objects.get(opportunity=deal).pk)
    card = {"interest": "cost", "feature": "变频联控", "evidence_kind": "case", "evidence": "桐溪注塑一年省 31 万"}
    write(page, f"{room}findings/benefitcard/", **who, demand_id=need, **card, shown_on=on)
    for message in ("can_meet", "creates_value", "better"):
        said = {"message": message, "state": "acknowledged", "said_on": on, "words": "你们行"}
        write(page, f"{room}findings/valuemessage/", **who, **said)
    write(page, f"{room}findings/dealsheet/", strategy="从设备部进去，签前请老板来一趟", can_use="yes")
    write(page, f"{room}stage/?to=ST3")
    assert stage_of(deal) == "ST3"

    write(page, f"{room}findings/trustrating/", **who, rated_on=on, **RATED, evidence="他把年度检修表给了我们")
    write(page, f"{room}stage/?to=ST4")
    assert stage_of(deal) == "ST4"

    write(page, f"{room}findings/worth/", **WORTH)
    write(page, f"{room}closure/", closed_on=on, amount="100万")
    page.get_by_text("签约前还缺 4 项证据").first.wait_for()
    assert not Closure.objects.exists()

    write(page, f"{room}findings/expectation/", **EXPECTED, demand_id=need, due_on=on)
    write(
        page,
        f"{room}findings/dealsheet/",
        terms="三成预付",
        terms_agreed_on=on,
        contract="HT-2026-11",
        contract_signed_on=on,
        payment_plan="三期",
    )
    write(page, f"{room}closure/", closed_on=on, amount="100万")

    assert Closure.objects.get().outcome == "won"
    moves = StageMove.objects.filter(opportunity=deal).order_by("pk")
    assert list(moves.values_list("to_stage", flat=True)) == ["ST2", "ST3", "ST4", "ST5"]
    assert not Override.objects.exists()
    page.goto(f"/customers/{customer.uuid}/")
    page.get_by_text("100°").first.wait_for()
    assert [fault for fault in page.faults if "422" not in fault] == []


def log(page, customer, boss):
    """The first visit, by the log."""
    page.goto(f"/touches/new/?customer={customer.uuid}")
    page.locator("[name=kind][value=visit]").locator("xpath=..").click()
    page.locator(f"[name=contacts][value='{boss.pk}']").locator("xpath=..").click()
    page.locator("textarea[name=note]").fill("第一次上门：停一天就交不上货。")
    page.locator(".effect .btn-ember").click()
    page.wait_for_load_state()
    assert customer.touches.count() == 1


def stage_of(deal):
    deal.refresh_from_db()
    return deal.stage
