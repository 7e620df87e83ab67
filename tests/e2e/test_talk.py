"""A talk from its plan to the deal room, in a browser: prepared, printed, held, logged."""

from datetime import timedelta

import pytest

from tests.web.one_customer import today
from wendu.discovery.models import CallPlan, Demand
from wendu.touches.models import Commitment

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_m69_a_talk_is_planned_printed_logged_and_seen_in_the_deal_room(open_page, story):
    page = open_page()
    page.goto(story.deal_url)
    page.click("a[href^='/talks/new/']")
    page.fill("[name=idea]", "夜里只开两台，先试一周")
    page.click(".plan-form > div > button[type=submit]")
    page.wait_for_url("**/talks/*-*/")
    plan = CallPlan.objects.latest("pk")
    assert plan.idea == "夜里只开两台，先试一周"

    page.evaluate("window.print = () => { window.printed = true }")
    page.click("[data-print]")
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.locator(".rail").is_hidden()
    assert page.locator(".plan-head .btn-ember").is_hidden()
    assert page.locator("text=夜里只开两台").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.emulate_media(media="screen")

    page.click(".plan-head .btn-ember")
    page.wait_for_url("**/touches/new/**")  # with its styles, which keep back what is not asked yet
    asked = list(plan.questions.filter(is_look_up=False).order_by("place"))
    problem = next(each for each in asked if each.kind == "P")
    worth = page.locator(f"[name='plan-heard_{problem.pk}'][value=explicit]")
    assert worth.is_hidden()
    page.fill(f"[name='plan-answer_{problem.pk}']", "年底前一定要换掉")
    page.locator(f"label:has([name='plan-heard_{problem.pk}'][value=explicit])").click()
    page.locator("label:has([name=outcome][value=advance])").click()
    assert page.input_value("[name=commitment_what]") == plan.objective
    page.fill("[name=commitment_on]", (today() + timedelta(days=3)).isoformat())
    page.click(".log-form .btn-ember")
    page.wait_for_url(f"**{story.deal_url}")

    need = Demand.objects.standing().get(quote="年底前一定要换掉")
    assert need.kind == "explicit"
    assert Commitment.objects.filter(what=plan.objective, contact=story.he).exists()
    room = page.locator("#deal").inner_text()
    assert "年底前一定要换掉" in room
    page.locator("#told").scroll_into_view_if_needed()  # what was said comes once one gets there
    page.locator("#told", has_text=plan.objective).wait_for()
    assert page.faults == []
