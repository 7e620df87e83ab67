"""The words of the standard playbook: both languages, the house style, customer first."""

import re
from itertools import pairwise

import pytest

from tests.playbooks.book import MARKETS, STANDARD, all_texts
from wendu.playbooks import Text
from wendu.playbooks.text import PLACEHOLDERS, placeholders

CHINESE = r"[\u3400-\u9fff]"
NEVER_IN_CHINESE = ("!", "！", "亲", "赋能", "抓手", "闭环", "最后机会", "错过不再", "仅剩", "逼单", "哦", "呢亲")
NEVER_IN_ENGLISH = ("!", "last chance", "act now", "limited time", "synergy", "game-changing")
MARKET_FREE = ("贵公司", "公司法务", "车间", "工厂", "领导", "同行", "厂长", "设备部", "财务", "合同文本")
TEXTS = all_texts()
PLAYS = {play.key: play for play in STANDARD.plays}
LONGEST_DO = 24


def spoken(words: str) -> str:
    """The words without their placeholders."""
    return re.sub(r"\{\w+\}", "", words)


def slips(text: Text) -> list[str]:
    """What a text does against the style of the house."""
    kind_words = text.zh.replace("母亲", "").replace("父亲", "").replace("亲自", "")
    wrong = [word for word in NEVER_IN_CHINESE if word in kind_words]
    wrong += [word for word in NEVER_IN_ENGLISH if word in text.en.lower()]
    wrong += re.findall(CHINESE, text.en)
    wrong += re.findall(rf"{CHINESE}\s*[,;:?!().]|[,;?!().]\s*{CHINESE}", text.zh)
    wrong += re.findall(r"[^\x00-\x7f°]", text.en)
    return wrong


def test_the_texts_keep_to_the_style_of_the_house() -> None:
    assert len(TEXTS) > 700
    assert {path: slips(text) for path, text in TEXTS if slips(text)} == {}


def test_both_languages_of_a_text_say_something_and_ask_for_the_same_known_values() -> None:
    for path, text in TEXTS:
        assert text.zh, path
        assert text.en, path
        assert placeholders(text.zh) == placeholders(text.en) <= PLACEHOLDERS, path


@pytest.mark.parametrize("key", PLAYS)
def test_the_line_to_do_is_short_enough_for_the_list(key: str) -> None:
    do = PLAYS[key].do

    assert len(re.findall(CHINESE, do.zh)) <= LONGEST_DO
    assert len(spoken(do.en).split()) <= 12
    assert not do.zh.endswith("。")


@pytest.mark.parametrize("key", PLAYS)
@pytest.mark.parametrize("market", MARKETS)
def test_a_play_has_words_for_every_market_it_may_serve(key: str, market: str) -> None:
    play = PLAYS[key]
    if play.when.markets and market not in play.when.markets:
        return

    suited = [script for script in play.scripts if script.suits(market)]

    assert len(suited) >= (2 if market == "b2b" or play.when.markets else 1)


@pytest.mark.parametrize("key", PLAYS)
def test_a_play_aims_at_something_the_customer_does_by_a_date(key: str) -> None:
    objective = PLAYS[key].objective

    assert "{date}" in objective.zh or "今天" in objective.zh
    assert "{contact}" in objective.zh
    assert PLAYS[key].fallback.zh != objective.zh


@pytest.mark.parametrize("key", PLAYS)
def test_consumers_are_not_spoken_to_as_a_company(key: str) -> None:
    for script in PLAYS[key].scripts:
        if script.markets == ("b2c",):
            assert not [word for word in MARKET_FREE if word in script.zh]


def test_what_is_said_of_a_step_to_whatever_market_suits_a_household_too() -> None:
    trade = re.compile("同事|同行|采购|领导|车间|厂|部门|公司|colleague|peer|purchas|factory|department")

    said = {
        f"{play.key}.{name}": f"{words.zh} {words.en}"
        for play in STANDARD.plays
        if not play.when.markets or "b2c" in play.when.markets
        for name in ("do", "objective", "fallback", "guard")
        for words in (getattr(play, name),)
    }

    assert len(said) > 200
    assert {key: words for key, words in said.items() if trade.search(words)} == {}


def test_scripts_are_all_different() -> None:
    words = [script.zh for play in STANDARD.plays for script in play.scripts]

    assert len(words) == len(set(words))
    assert len({script.en for play in STANDARD.plays for script in play.scripts}) == len(words)


def test_a_script_never_calls_for_a_discount() -> None:
    for play in STANDARD.plays:
        for script in play.scripts:
            assert not re.search("打折|便宜点|再降|让利给您", script.zh), play.key


def test_class_d_is_never_met_face_to_face_first() -> None:
    for play in STANDARD.plays:
        if play.when.classes and set(play.when.classes) <= {"D"}:
            assert not {"visit", "demo", "negotiation"} & set(play.kinds[:2]), play.key


def test_a_quiet_period_offers_no_way_of_contact() -> None:
    quiet = [play for play in STANDARD.plays if "quiet_period" in play.when.situations]

    assert quiet
    assert all(play.kinds == () for play in quiet)
    assert all(play.kinds for play in STANDARD.plays if play not in quiet)


def test_the_ten_questions_cover_both_axes() -> None:
    axes = [item.axis.value for item in STANDARD.indicators]

    assert axes.count("willingness") == 5
    assert axes.count("need") == 5
    assert all(item.ask.zh.endswith("？") and item.ask.en.endswith("?") for item in STANDARD.indicators)
    assert all(item.ask_b2c.zh.endswith("？") for item in STANDARD.indicators)


def test_the_nurture_track_stays_light_and_never_falls_silent() -> None:
    track = STANDARD.track
    days = [0, *(step.after_days for step in track.steps)]
    light = {"article", "mass_message", "message", "care", "event"}

    assert days == sorted(days)
    assert max(later - earlier for earlier, later in pairwise(days)) <= 90
    assert days[1] >= 7
    assert {step.kind for step in track.steps} <= light
    assert {leave.code for leave in track.exits} == {"reply", "willingness", "wake_date", "opt_out"}


def test_what_the_nurture_track_says_suits_a_household_and_an_office_as_well_as_a_firm() -> None:
    trade = re.compile("同事|同行|那行|订单|colleague|peers|field|orders")

    assert not [
        step.code
        for step in STANDARD.track.steps
        for text in (step.do, step.script)
        if trade.search(f"{text.zh} {text.en}")
    ]


def test_every_light_step_is_worded_for_each_market_and_no_market_is_spoken_to_as_another() -> None:
    alien = {
        "b2b": "家里|老人|报销|family|parents",
        "b2g": "同行|旺季|推销|订单|家里|peers|your trade|selling",
        "b2c": "同行|那行|您这行|单位|分管|colleague|peers|trade|office",
    }

    for step in STANDARD.track.steps:
        assert set(step.markets) == set(MARKETS)
        for market, words in step.markets.items():
            told = f"{words.do.zh} {words.do.en} {words.script.zh} {words.script.en}"
            assert not re.search(alien[market], told), (step.code, market)
            assert len(re.findall(CHINESE, words.do.zh)) <= LONGEST_DO
            assert len(words.do.en.split()) <= 12
    said = [words.script.zh for step in STANDARD.track.steps for words in step.markets.values()]
    assert len(set(said)) == len(said)


def test_a_light_step_without_words_for_a_market_keeps_those_for_everybody() -> None:
    step = STANDARD.track.steps[0].model_copy(update={"markets": {}})

    assert step.words("b2c").do == step.do


def test_the_sentences_the_method_asks_for_are_there() -> None:
    assert {"ask_for_the_order", "reaches_next_band", "warms_most"} <= set(STANDARD.suggestions)
    assert {"long_war_eats_time", "indirect_is_better", "recheck_class", "fix_rhythm"} <= set(STANDARD.advice)
    assert {"mix_b_low", "mix_b_high", "perception_gap_warm", "perception_gap_cold"} <= set(STANDARD.advice)


def test_the_rep_is_spoken_to_plainly() -> None:
    for path, text in TEXTS:
        if re.search(r"\.(do|why|guard|objective|fallback)\b|^(advice|suggestions|situations|checklist)", path):
            assert not re.search("请你|请您|您要", text.zh), path
