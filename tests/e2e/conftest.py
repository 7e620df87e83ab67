"""Pages of Alice's customer, open in a browser."""

import pytest

from tests.e2e.browsing import opener
from tests.web.one_customer import story_once


@pytest.fixture
def story(cast):
    return story_once(cast)


@pytest.fixture
def open_page(browser, live_server, story):
    """Open pages as Alice."""
    opened, contexts = opener(browser, live_server.url, story.cast.alice)
    yield opened
    for context in contexts:
        context.close()
