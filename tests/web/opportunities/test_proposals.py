"""A proposal as people use it: draft it, write it, take the files, send it, begin anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.findings import make_finding
from tests.web.one_customer import alice, story, today
from wendu.kernel.clock import now
from wendu.offers.models import Proposal

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
SAID = {"title": "空压站节能", "language": "zh-hans"}


@pytest.fixture
def begun(story, alice):
    said = {"kind": "explicit", "quote": "停一天就交不上", "need": "交货不误"}
    make_finding(story.deal, "demand", story.he, at=now(), **said)
    alice.post(f"{story.deal_url}proposals/", SAID)
    return Proposal.objects.get()


def url(story, proposal):
    return f"{story.deal_url}proposals/{proposal.uuid}/"


def test_before_a_need_is_said_it_is_refused_with_what_to_get(story, alice):
    answer = alice.post(f"{story.deal_url}proposals/", SAID)

    assert answer.status_code == 422
    assert "还没有人明说要解决什么" in answer.content.decode()
    assert "proposals/" not in alice.get(story.deal_url).content.decode()


def test_the_draft_stands_on_its_page_with_what_is_missing(story, begun, alice):
    page = alice.get(url(story, begun)).content.decode()

    for words in ("交货不误", "空压站节能", "/ 8", "现在就该写提案", "还没写。"):
        assert words in page, words
    assert url(story, begun) in alice.get(story.deal_url).content.decode()


def test_a_section_is_written_and_kept_against_another_who_writes(story, begun, alice):
    address = f"{url(story, begun)}sections/next_step/"
    form = alice.get(address).context["form"]
    alice.post(address, {"next_step": "看样板站", "next_step_on": today().isoformat()})
    begun.refresh_from_db()
    assert begun.next_step == "看样板站"

    stale = alice.post(address, {"next_step": "别的", "next_step_on": "", "base": form["base"].value()})
    assert stale.status_code == 422
    assert alice.post(address, {"next_step": "长" * 6001}).status_code == 422
    assert alice.get(f"{url(story, begun)}sections/author/").status_code == 404


def test_what_is_empty_is_filled_and_what_is_written_stays(story, begun, alice):
    Proposal.objects.update(needs="我写的", situation="")
    make_finding(story.deal, "effect", at=now(), problem="夜里白跑")

    alice.post(f"{url(story, begun)}filling/")

    begun.refresh_from_db()
    assert begun.needs == "我写的"
    assert "夜里白跑" in begun.situation


@pytest.mark.parametrize(("ending", "magic"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_both_files_can_be_taken(story, begun, alice, ending, magic):
    answer = alice.get(f"{url(story, begun)}file/{ending}/")

    assert answer.content.startswith(magic)
    assert "attachment" in answer["Content-Disposition"]
    assert alice.get(f"{url(story, begun)}file/exe/").status_code == 404


def test_sent_it_stays_and_the_next_version_goes_on(story, begun, alice):
    address = url(story, begun)
    alice.post(f"{address}sending/", {"sent_on": today().isoformat()})
    assert alice.post(f"{address}sections/price/", {"price": "90 万"}).status_code == 422
    assert "sections/" not in alice.get(address).content.decode()

    alice.post(f"{address}version/")

    second = Proposal.objects.get(number=2)
    assert alice.post(f"{url(story, second)}sections/price/", {"price": "90 万"}).status_code == 302
    alice.post(f"{url(story, second)}removal/")
    assert alice.get(url(story, second)).status_code == 404
    alice.post(f"{url(story, second)}restoration/")
    assert alice.get(url(story, second)).status_code == 200


def test_who_only_reads_takes_the_file_and_changes_nothing(story, begun, enter):
    reader = enter(story.cast.eve)

    assert reader.get(f"{url(story, begun)}file/docx/").status_code == 200
    assert reader.get(f"{url(story, begun)}sections/price/").status_code == 403
    assert enter(story.cast.charlie).get(f"{url(story, begun)}file/pdf/").status_code == 404


def test_it_reads_as_well_in_english(story, begun, alice):
    page = alice.get(url(story, begun), headers={"accept-language": "en"}).content.decode()

    assert "Before it goes out" in page or "Write it now" in page


def test_a_deal_with_much_asks_no_more_questions(story, begun, alice):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert alice.get(url(story, begun)).status_code == 200
        return len(queries)

    asked()
    small = asked()
    for number in range(20):
        make_finding(story.deal, "benefitcard", at=now(), feature=f"点{number}")
        make_finding(story.deal, "effect", at=now(), problem=f"题{number}")

    assert asked() == small
