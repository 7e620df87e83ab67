"""A proposal in the browser: drafted from what is known, written on, and taken as both files."""

import pytest

from tests.e2e.browsing import DESK
from tests.factories.findings import make_finding
from wendu.kernel.clock import now
from wendu.offers.models import Proposal


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_a_proposal_is_drafted_written_and_taken_as_word_and_pdf(open_page, story, tmp_path):
    said = {"kind": "explicit", "quote": "停一天就交不上", "need": "交货不误"}
    make_finding(story.deal, "demand", story.he, at=now(), **said)
    page = open_page(DESK, "zh-CN")
    page.goto(story.deal_url)

    page.get_by_role("link", name="新提案").click()
    page.get_by_label("标题").fill("空压站节能")
    page.get_by_role("button", name="写草稿").click()
    page.wait_for_url("**/proposals/**")
    page.get_by_text("交货不误").first.wait_for()

    page.get_by_role("link", name="写: 实施与保障").click()
    page.locator("textarea[name=implementation]").fill("- 先测\n- 再换")
    page.get_by_role("button", name="保存").click()
    page.locator("#implementation li", has_text="再换").wait_for()

    for name, magic in (("Word", b"PK"), ("PDF", b"%PDF")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name).click()
        file = tmp_path / taken.value.suggested_filename
        taken.value.save_as(file)
        assert file.read_bytes().startswith(magic)
        assert file.name.startswith("桐溪注塑 空压站节能 v1")
    assert Proposal.objects.get().implementation == "- 先测\n- 再换"
