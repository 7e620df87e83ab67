"""A draft begun before an upgrade lacks the situations that came since; it opens, is tried and counts all the same."""

import copy

import pytest

from tests.cast import MONDAY
from tests.playbooks.test_completed import without
from tests.web.settings.test_playbook import HOME, hesitant, sent, work
from wendu.coach.models import Preview
from wendu.packs.models import Pack
from wendu.packs.queries import current_playbook
from wendu.playbooks import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEWEST = ("quiet_period", "quiet_over")


@pytest.fixture
def old(cast):
    """A draft as an earlier version of the product wrote it, with words somebody typed by hand."""
    content = copy.deepcopy(without(*NEWEST))
    content |= {"key": "own", "version": "1"}
    content["quadrant"]["high_from"] = 40.0
    content["situations"]["strike"]["name"] = {"zh": "快签", "en": "Sign now"}
    return Pack.objects.create(
        key="own", version="1", base="standard 1.0.0", content=content, author=cast.ada, created_at=MONDAY
    )


@pytest.mark.parametrize(
    "page", ["", "forms/windows/", "forms/cards/", "plays/", "plays/strike/", "plays/quiet_over/", "effect/"]
)
def test_every_page_of_an_old_draft_opens(cast, enter, old, page):
    assert enter(cast.ada).get(f"{HOME}drafts/{old.uuid}/{page}").status_code == 200


def test_an_old_draft_is_not_told_to_lack_what_came_with_the_upgrade(cast, enter, old):
    changes = enter(cast.ada).get(f"{HOME}drafts/{old.uuid}/").context["changes"]

    assert len(changes) == 3, "only what was typed by hand: a number, and a name in two languages"


def test_an_old_draft_saved_untouched_stays_as_it_is(cast, enter, old):
    client, url = enter(cast.ada), f"{HOME}drafts/{old.uuid}/forms/windows/"

    assert client.post(url, sent(client, url)).status_code == 302

    assert Pack.objects.get().content == old.content


def test_a_play_that_came_with_the_upgrade_is_written_in_an_old_draft(cast, enter, old):
    client, url = enter(cast.ada), f"{HOME}drafts/{old.uuid}/plays/quiet_over/"
    place = next(path for path in sent(client, url) if path.endswith("].do.zh"))

    assert client.post(url, {**sent(client, url), place: "打个招呼"}).status_code == 302

    written = Pack.objects.get().content
    assert "打个招呼" in [play["do"]["zh"] for play in written["plays"]]
    assert written["situations"]["strike"]["name"]["zh"] == "快签"


def test_an_old_draft_is_tried_and_published(cast, enter, old):
    hesitant(cast)
    client, home = enter(cast.ada), f"{HOME}drafts/{old.uuid}/"

    client.post(f"{home}preview/")
    work()
    assert Preview.objects.get().done_at is not None
    assert client.get(home).context["told"]
    client.post(f"{home}publication/", {"note": "", "seen": "0"})

    counting = current_playbook()
    assert (counting.quadrant.high_from, counting.situations["strike"].name.zh) == (40.0, "快签")
    assert set(counting.situations) == set(shipped().situations)
