"""Every code the method and the coach can say has a sentence, in both languages."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import wendu
from wendu.desk.wording import (
    SENTENCES,
    advice_words,
    day_words,
    kind_words,
    reason_words,
    screen_band,
    situation_name,
    worded,
)
from wendu.desk.wording_deals import DEALS
from wendu.desk.wording_life import LIFE
from wendu.desk.wording_more import MORE
from wendu.desk.wording_value import VALUE
from wendu.method.plan import ALERT_ORDER
from wendu.method.reading import because
from wendu.playbooks import shipped
from wendu.playbooks.situations import Situation

SOURCE = Path(wendu.__file__).parent
CALL = re.compile(r"because\(\s*f?\"(?P<code>[^\"]+)\"")
FULL = {
    "every": 7,
    "on": "2026-11-20", "since": "2026-11-20", "until": "2026-11-30", "deadline": "2026-12-01",
    "expected": "2026-11-25", "start": "2026-10-01",
    "falls_on": "2026-11-24", "reopens_on": "2026-11-27", "due": "2026-11-23", "days": 5,
    "grace": 3, "points": -17.4, "gain": 22.5, "heat": 86.2, "cap": 79, "guess": 80, "computed": 61, "allowed": 7,
    "quality": 1.5, "reach": 1.2, "share": 0.3, "ceiling": 90, "clipped": True, "kind": "visit", "drops": 3, "open": 2,
    "people": 2, "trust": 55, "above": 60, "touches": 3, "hours_left": 24, "value": 80, "answered": 5, "high": True,
    "axis": "need", "standing": "A", "judged": "B", "quiet_days": 4, "factor": 1.3, "prior": True,
}  # fmt: skip


def codes_said() -> set[str]:
    """Codes written out in the rules, plus those that are built or passed on."""
    said = {
        found["code"]
        for folder in ("method", "coach")
        for file in (SOURCE / folder).rglob("*.py")
        for found in CALL.finditer(file.read_text("utf-8"))
        if "{" not in found["code"]
    }
    passed_on = {
        "willingness_score", "need_score", "close", "recheck_class", "touch", "purchase_refused", "objective_refused",
        "bad_experience", "order", "silent", "recovery_48h", "first_touch_due", "window_due_soon", "window_overdue",
        "requalify", "promise_due", "commitment_due", "gap_case", "pulse_due", "repurchase_due", "nurture_touch",
        "revisit_due", "window", "quadrant", "heat", "value", "pressure", "in_touch",
    }  # fmt: skip
    return said | passed_on | set(ALERT_ORDER) | {situation.value for situation in Situation}


@pytest.mark.parametrize("code", sorted(codes_said()))
def test_every_code_has_words_in_both_languages(code):
    assert code in {**SENTENCES, **MORE, **LIFE, **DEALS, **VALUE}

    with translation.override("en"):
        english = reason_words(because(code, **FULL))
    with translation.override("zh-hans"):
        chinese = reason_words(because(code, **FULL))

    assert english
    assert re.search(r"[\u4e00-\u9fff]", chinese), chinese
    assert "None" not in english + chinese
    assert "%(" not in english + chinese


@pytest.mark.parametrize("code", sorted(codes_said()))
def test_a_code_without_its_numbers_still_reads(code):
    with translation.override("zh-hans"):
        assert "%(" not in reason_words(because(code))


def test_the_sum_of_a_touch_is_written_out():
    reason = because("touch", kind="visit", points=15.0, quality=1.5, reach=1.2, share=1.0, gain=27.0, ceiling=100.0)

    with translation.override("zh-hans"):
        (said,) = worded([reason])

    assert said.points == "+27"
    assert said.words == "上门 15 × 有推进 1.5 × 拍板人 1.2"


def test_what_was_lost_has_a_real_minus_sign():
    (said,) = worded([because("cooled", points=-17.43, days=9, grace=3)])

    assert said.points == "−17.4"


def test_a_factor_is_written_as_one():
    (said,) = worded([because("purchase_refused", factor=0.5)])

    assert said.points == "×0.5"


def test_the_playbook_names_situations_and_gives_advice():
    book = shipped("standard")

    with translation.override("en"):
        assert situation_name("cold_gap", book) == "Cold gap"
        assert "40%" in advice_words("long_war_eats_time", book, share=40)
        assert advice_words("no_such_advice", book) == ""


def test_days_kinds_and_bands_as_the_screen_knows_them():
    with translation.override("en"):
        assert day_words("2026-11-20") == "11-20"
        assert day_words("never") == "a day unknown"
        assert kind_words("visit") == "Visit"
    assert screen_band("boiled") == "boil"
    assert screen_band("hot") == "hot"


def test_english_says_one_day_and_not_one_days():
    ones = dict.fromkeys(("days", "hours_left", "people", "touches", "every", "allowed", "grace", "count"), 1)
    with translation.override("en"):
        said = {code: words(ones) for code, words in (SENTENCES | MORE).items() if code != "touch"}

    assert {code: words for code, words in said.items() if re.search(r"\b1 (days|hours|people|talks)", words)} == {
        "repurchase_due": said["repurchase_due"]  # every so many days: a rhythm is never one of a single day
    }
