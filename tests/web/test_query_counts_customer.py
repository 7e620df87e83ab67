"""The pages about one customer ask a fixed number of questions, however long its history."""

import pytest

from tests.web.counts import counted
from tests.web.one_customer import HTMX, alice, sent, story

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


def asked(client, story, page: str):
    """Open one of the pages about Alice's customer."""
    if page == "effect":
        return client.post(f"/touches/effect/?customer={story.customer.uuid}", sent(kind="visit"), **HTMX)
    urls = {"customer": story.page_url, "deal": story.deal_url, "drawer": story.new_url, "deals": "/opportunities/"}
    return client.get(urls[page], **(HTMX if page == "drawer" else {}))


@pytest.mark.parametrize("page", ["customer", "deal", "drawer", "effect", "deals"])
def test_query_counts_do_not_grow_with_the_history(alice, story, page):
    asked(alice, story, page)
    with counted(f"rep: {page}"):
        assert asked(alice, story, page).status_code == 200

    for days in range(1, 9):
        story.log("phone", days, contact_ids=(story.he.pk, story.she.pk), note="又谈了一次")

    with counted(f"rep: {page}"):
        assert asked(alice, story, page).status_code == 200
