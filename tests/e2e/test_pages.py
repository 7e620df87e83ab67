"""Every page, both languages, light and dark, desk and phone: nobody is shut out, nothing fails, nothing sticks out."""

import re

import pytest

from tests.e2e.browsing import WALKS, chinese, in_the_way
from tests.web.words import written_by_people
from wendu.agenda.models import Step
from wendu.agreements.models import Order
from wendu.offers.models import Proposal, Solution

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
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
        "circle",
        "referrer",
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
        *(
            f"/worth/{name}"
            for name in ("", "again/", "next/", "stock/", "sources/?days=all", "lanes/", "model/", "reasons/")
        ),
        f"/orders/of/{story.customer.uuid}/",
        f"/orders/of/{story.customer.uuid}/new/?deal={story.deal.uuid}",
        f"/care/of/{story.customer.uuid}/",
        f"/care/of/{story.customer.uuid}/new/",
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


@pytest.mark.parametrize("walk", WALKS)
def test_nothing_serious_stands_in_anybodys_way_and_no_word_is_foreign(open_page, story, walk):
    language, scheme, size, seen = WALKS[walk]
    page = open_page(size, language, color_scheme=scheme, bypass_csp=True)
    written, found, foreign = written_by_people(), [], {}

    for path in paths(story):
        page.goto(path)
        found += [(path, *each) for each in in_the_way(page, seen)]
        said = page.locator("body").inner_text()
        if words := chinese(said, written) if language == "en-US" else latin(said):
            foreign[path.replace(str(story.customer.uuid), "…")] = sorted(words)

    missing = [fault for fault in page.faults if "404" not in fault]
    assert (found, missing, foreign) == ([], [], {})


def latin(text: str) -> set[str]:
    """English words of a Chinese page."""
    return set(LATIN.findall(ADDRESS.sub("", text))) - KNOWN
