"""The pages about one customer ask a fixed number of questions, however long its history."""

import pytest

from tests.web.counts import counted
from tests.web.one_customer import HTMX, alice, sent, story, today
from wendu.touches.actions import CommitmentDraft

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


PAGES = [
    *("customer", "deal", "drawer", "effect", "deals", "talk", "talk prepared", "talk logged"),
    *("orders", "order", "due", "renewals", "worth", "sheet", "reasons", "contracts", "of deal"),
]


def asked(client, story, page: str):
    """Open one of the pages about Alice's customer."""
    if page == "effect":
        return client.post(f"/touches/effect/?customer={story.customer.uuid}", sent(kind="visit"), **HTMX)
    urls = {
        "talk": f"/talks/{story.plan.uuid}/",
        "talk prepared": f"/talks/new/?customer={story.customer.uuid}&opportunity={story.deal.uuid}",
        "talk logged": f"{story.new_url}&plan={story.plan.uuid}",
        "customer": story.page_url,
        "worth": f"/worth/of/{story.customer.uuid}/",
        "sheet": f"/worth/of/{story.customer.uuid}/sheet/",
        "contracts": "/orders/contracts/",
        "of deal": f"/orders/about/{story.deal.uuid}/",
        "reasons": "/worth/reasons/",
        "orders": f"/orders/of/{story.customer.uuid}/",
        "order": f"/orders/of/{story.customer.uuid}/new/?deal={story.deal.uuid}",
        "due": "/orders/due/",
        "renewals": "/orders/subscriptions/",
        "deal": story.deal_url,
        "drawer": story.new_url,
        "deals": "/opportunities/",
    }
    return client.get(urls[page], **(HTMX if page == "drawer" else {}))


@pytest.mark.parametrize("page", PAGES)
def test_query_counts_do_not_grow_with_the_history(alice, story, page):
    asked(alice, story, page)
    with counted(f"rep: {page}"):
        assert asked(alice, story, page).status_code == 200

    agreed = CommitmentDraft(contact_id=story.he.pk, what="看样板站", due_on=today())
    advance = {"outcome": "advance", "commitment": agreed}  # of the kind the story ends with: it asks one question more
    for days in range(8, 0, -1):
        more = advance if days == 1 else {}
        story.log("phone", days, contact_ids=(story.he.pk, story.she.pk), note="又谈了一次", **more)

    with counted(f"rep: {page}"):
        assert asked(alice, story, page).status_code == 200
