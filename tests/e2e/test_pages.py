"""Every page, both languages, light and dark, desk and phone: nobody is shut out, nothing fails, nothing sticks out."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.browsing import DESK, PHONE
from wendu.agenda.models import Step
from wendu.agreements.models import Order
from wendu.customers.models import Contact, Customer
from wendu.discovery.models import CallPlan, Demand, PlanQuestion
from wendu.identity.models import Organisation, Team, User
from wendu.identity.snapshot import forget
from wendu.offers.models import Proposal, Solution
from wendu.opportunities.models import Opportunity
from wendu.quotes.models import QuoteLine
from wendu.touches.models import Commitment, Promise, Tail, Touch

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SERIOUS = ("serious", "critical")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
ADDRESS = re.compile(r"\S+@\S+")  # where mail goes is written the same in every language
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
KNOWN = {
    "Wendu",
    "iPhone",
    "Android",
    "Outlook",
    "Web",
    "EN",
    "Space",
    "ST",
    "Ctrl",
    "Esc",
    "CRM",
    "Tab",
    "Enter",
    "English",
    "CNY",
    "VIP",
    "YYYY-MM-DD",
    "KP",
    "CSV",
    "TSV",
    "XLSX",
    "FABE",
    "XLS",
    "ODS",
    "MB",
    "V",
    "PDF",
}


ORDER_PAGES = ("", "page/", "dues/", "receipts/new/", "returns/new/", "moving/", "cancelling/")


def paths(story) -> list[str]:
    """Every page there is, and every form as a page of its own."""
    asks = (
        "details",
        "owner",
        "collaborators",
        "tags",
        "rest",
        "churn",
        "class",
        "requalification",
        "answers",
        "quiet",
    )
    found = ("demand", "reconstruction", "criterion", "trustrating", "benefitcard", "worth", "expectation", "dealsheet")
    deal = (
        "details",
        "touches",
        "stage",
        "closure",
        "loss",
        "pause",
        "owner",
        "influencers",
        "solutions",
        "expectations",
        "promotion",
        *(f"findings/{kind}" for kind in found),
    )
    return [
        "/today/",
        "/customers/",
        "/customers/?by=class&f=class.in:A,B;latest.over:2&f=heat.from:60&cols=heat,class,window,owner,due,tags,created",
        "/customers/?f=heat.from:VIP",
        "/customers/filter/?list=f%3Dclass.in:A;owner.in:me;latest.over:2%26f%3Damount.between:1,2",
        "/customers/columns/",
        "/views/new/?list=class%3DA",
        "/customers/new/",
        "/calendar/",
        "/talks/questions/",
        "/talks/questions/?trade=insurance&q=zzzz",
        "/calendar/?by=month",
        "/calendar/?by=day",
        "/quadrants/",
        "/quadrants/?heat=hot&market=b2b",
        "/quadrants/time/",
        f"/quadrants/{story.customer.uuid}/?to=A",
        "/opportunities/",
        "/opportunities/board/?class=A",
        "/opportunities/board/ST1/",
        "/opportunities/forecast/?by=stage",
        "/opportunities/record/?period=all",
        "/opportunities/winners/?period=all",
        "/search/?q=138",
        "/search/",
        f"/customers/{story.customer.uuid}/corrections/",
        "/opportunities/losses/",
        "/opportunities/losses/?cause=C1&days=all",
        "/opportunities/whom/",
        "/steps/whom/",
        "/library/",
        *(f"/library/{each.uuid}/" for each in Solution.objects.all()),
        *(f"{story.deal_url}proposals/{each.uuid}/" for each in Proposal.objects.all()),
        f"/steps/new/?customer={story.customer.uuid}",
        *(f"/steps/{step.uuid}/" for step in Step.objects.open().filter(customer_id=story.customer.pk)),
        "/notifications/",
        "/notifications/choices/",
        "/calendar/subscription/",
        "/recycle/",
        "/imports/",
        "/exports/",
        "/exports/?kind=customers&list=sort%3Ddue",
        "/customers/bulk/",
        "/merges/",
        "/offline/",
        "/touches/new/",
        story.new_url,
        f"{story.new_url}&plan={story.plan.uuid}",
        f"/talks/new/?customer={story.customer.uuid}",
        *(f"/talks/{story.plan.uuid}/{name}" for name in ("", "details/", "companion/", "questions/")),
        f"/touches/{story.touches[-1].uuid}/",
        story.page_url,
        f"/customers/contacts/{story.he.uuid}/",
        story.deal_url,
        *(f"{story.page_url}{name}/" for name in (*asks, "problems", "fields", "contacts/new")),
        *(f"{story.deal_url}{name}/" for name in deal),
        *(f"{story.quote_url}{name}" for name in ("", "print/", "details/", "lines/", f"lines/{story.line.uuid}/")),
        f"/worth/of/{story.customer.uuid}/",
        f"/worth/of/{story.customer.uuid}/sheet/",
        *(f"/worth/{name}" for name in ("", "again/", "next/", "lanes/", "model/", "reasons/")),
        f"/orders/of/{story.customer.uuid}/",
        f"/orders/of/{story.customer.uuid}/new/?deal={story.deal.uuid}",
        "/orders/due/",
        "/orders/subscriptions/",
        "/orders/contracts/",
        f"/orders/contracts/of/{story.customer.uuid}/new/",
        f"/orders/about/{story.deal.uuid}/",
        f"/orders/subscriptions/of/{story.customer.uuid}/new/",
        *(f"/orders/{each.uuid}/{name}" for each in Order.objects.all() for name in ORDER_PAGES),
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/customers/00000000-0000-7000-8000-000000000000/",
    ]


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE)], ids=["light desk", "dark phone"])
def test_nothing_serious_stands_in_anybodys_way(open_page, story, language, scheme, size):
    page = open_page(size, language, color_scheme=scheme, bypass_csp=True)
    found = []

    for path in paths(story):
        page.goto(path)
        seen = Axe().run(page).response["violations"]
        found += [(path, each["id"], each["nodes"][0]["html"][:200]) for each in seen if each["impact"] in SERIOUS]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found.append((path, "wider than the screen", ""))

    missing = [fault for fault in page.faults if "404" not in fault]
    assert (found, missing) == ([], [])


def in_latin(story) -> None:
    """Give everybody and everything a Latin name, so that what is Chinese on the page is ours."""

    def plain(model, *names):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**dict.fromkeys(names, f"X{row.pk}"))

    plain(Customer, "name", "city")
    plain(Contact, "name", "job_title")
    plain(Opportunity, "title", "product")
    plain(User, "full_name")
    plain(Team, "name")
    plain(Touch, "note", "value_note")
    plain(Promise, "what")
    plain(Commitment, "what")
    plain(Tail, "what")
    plain(Demand, "requirement")
    plain(CallPlan, "objective")
    plain(PlanQuestion, "text", "problem")
    CallPlan.objects.update(problems=[])
    plain(QuoteLine, "item")
    Organisation.objects.update(name="X")
    forget()


def test_no_english_word_stands_on_a_chinese_page(open_page, story):
    page, found = open_page(DESK, "zh-CN"), {}

    for path in paths(story):
        page.goto(path)
        words = set(LATIN.findall(ADDRESS.sub("", page.locator("body").inner_text()))) - KNOWN
        if words:
            found[path.replace(str(story.customer.uuid), "…")] = sorted(words)

    assert found == {}


def test_no_chinese_word_stands_on_an_english_page(open_page, story):
    in_latin(story)
    page, found = open_page(DESK, "en-US"), {}

    for path in paths(story):
        if path.endswith("/corrections/"):
            continue  # tells what once stood there, as it was written
        page.goto(path.replace("138", "nobody"))  # what is found is shown as it was written down
        words = set(CHINESE.findall(page.locator("body").inner_text())) - {"中文", "简体中文", "中"}
        if words:
            found[path.replace(str(story.customer.uuid), "…")] = sorted(words)

    assert found == {}
