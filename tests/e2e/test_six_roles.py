"""Six people sign in by the front door, in both languages, on desk and phone: each lands on a first page of theirs."""

import re

import pytest

from tests.cast import PASSWORD
from tests.e2e.browsing import DESK, PHONE, opener
from tests.web.scene import scene_once

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ANSWERS = {
    "alice": {"zh-CN": ("为何", "该做", "记一笔"), "en-US": ("Why", "Do", "Log touch")},
    "mona": {
        "zh-CN": ("谁在丢热", "趁热没打成", "冷却空当"),
        "en-US": ("Who is losing heat", "Strike missed", "Cold gap"),
    },
    "sam": {
        "zh-CN": ("该回访的", "没解决的问题", "到期的承诺"),
        "en-US": ("To revisit", "Problems left open", "Promises due"),
    },
    "mia": {"zh-CN": ("从哪儿来的", "来了还没人联系"), "en-US": ("Where they come from", "Came in, met nobody yet")},
    "eve": {"zh-CN": ("预测", "谁在丢热"), "en-US": ("Forecast", "Who is losing heat")},
    "ada": {
        "zh-CN": ("家里的事", "备份", "失败的任务", "导入的文件"),
        "en-US": ("The house", "Backup", "Jobs that failed", "Files brought in"),
    },
}
"""By what each of them sees the answer to what the role asks of a day (method: 4)."""
WIDER = "document.documentElement.scrollWidth - innerWidth"
CUT = "[...document.querySelectorAll('main .tbl-wrap')].filter(each => each.scrollWidth > each.clientWidth).length"


@pytest.fixture
def door(browser, live_server, cast):
    """Opens the site for nobody."""
    scene = scene_once(cast)
    opened, contexts = opener(browser, live_server.url, None)
    opened.scene = scene
    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("who", ANSWERS)
def test_m3_everybody_lands_on_a_first_page_that_answers_what_their_day_asks(door, who):
    for size in (DESK, PHONE):
        for language, words in ANSWERS[who].items():
            page = door(size, language)
            page.goto("/")
            page.fill("#id_login", who)
            page.fill("#id_password", PASSWORD)
            page.press("#id_password", "Enter")
            page.wait_for_url(re.compile("/today/$"))

            said = page.inner_text("main")

            assert [each for each in words if each not in said] == [], (language, size)
            assert (page.evaluate(WIDER), page.evaluate(CUT)) == (0, 0), (language, size)
            assert page.faults == []
