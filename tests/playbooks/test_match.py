"""Every customer, in every situation, has a play, and it is the one written most closely for them."""

from itertools import product

import pytest

from tests.playbooks.book import MARKETS, QUADRANTS, SALES, STANDARD
from wendu.method.codes import Status
from wendu.playbooks import (
    Playbook,
    Situation,
    class_row,
    dump,
    parse,
    pick_play,
    pick_script,
    scripts_for,
    why,
)
from wendu.playbooks.text import PLACEHOLDERS

STATUSES = tuple(status.value for status in Status)
FACE_TO_FACE = {"visit", "demo", "negotiation"}


@pytest.mark.parametrize("situation", [situation.value for situation in Situation])
def test_every_combination_yields_a_play_and_words_without_braces(situation: str) -> None:
    for quadrant, market, sale, status in product(QUADRANTS, MARKETS, SALES, STATUSES):
        play = pick_play(STANDARD, quadrant=quadrant, situation=situation, market=market, sale_kind=sale, status=status)
        assert situation in play.when.situations
        for lang, seed in product(("zh-hans", "en"), (0, 1, 7)):
            words = STANDARD.say(pick_script(play, market=market, seed=seed), {}, lang=lang)
            assert words
            assert not {"{", "}"} & set(words)
        for text in (play.do, play.objective, play.fallback, play.guard, why(STANDARD, play, situation)):
            assert not {"{", "}"} & set(STANDARD.tell(text, {}, lang="zh") + STANDARD.tell(text, {}, lang="en"))


def test_the_same_question_gives_the_same_play_whatever_the_order_of_files() -> None:
    content = dump(STANDARD)
    content["plays"].reverse()
    turned = parse(content)

    for situation, quadrant, market in product(Situation, QUADRANTS, MARKETS):
        first = pick_play(STANDARD, quadrant=quadrant, situation=situation, market=market)
        again = pick_play(turned, quadrant=quadrant, situation=situation, market=market)
        assert first.key == again.key


@pytest.mark.parametrize(
    ("quadrant", "situation", "market", "status", "key"),
    [
        ("A", "strike", "b2b", "in_pursuit", "strike_a"),
        ("A", "strike", "b2c", "in_pursuit", "strike_a_b2c"),
        ("A", "strike", "b2g", "in_pursuit", "strike_a_b2g"),
        ("B", "strike", "b2c", "in_pursuit", "strike_b"),
        ("C", "strike", "b2b", "in_pursuit", "strike_c"),
        ("D", "strike", "b2b", "in_pursuit", "strike_d"),
        ("D", "missed_heat", "b2b", "in_pursuit", "missed_heat_d"),
        ("unclassified", "routine", "b2b", "in_pursuit", "routine_unclassified"),
        ("A", "routine", "b2b", "existing", "routine_existing"),
        ("A", "window_overdue", "b2g", "in_pursuit", "window_b2g"),
        ("A", "routine", "b2g", "in_pursuit", "routine_b2g"),
        ("B", "quiet_period", "b2g", "in_pursuit", "quiet_period_b2g"),
        ("", "first_touch_due", "b2c", "unvisited", "first_touch_b2c"),
        ("B", "revisit_due", "b2b", "existing", "revisit_due"),
    ],
)
def test_the_most_specific_play_wins(quadrant: str, situation: str, market: str, status: str, key: str) -> None:
    play = pick_play(STANDARD, quadrant=quadrant, situation=situation, market=market, status=status)

    assert play.key == key


def test_every_play_written_for_someone_can_be_reached() -> None:
    reached = {
        pick_play(STANDARD, quadrant=q, situation=s, market=m, sale_kind=k, status=t).key
        for q, s, m, k, t in product(QUADRANTS, Situation, MARKETS, SALES, STATUSES)
    }

    special = {play.key for play in STANDARD.plays if play.when.classes or play.when.markets}
    assert special <= reached


def test_class_d_is_approached_indirectly_in_every_situation() -> None:
    for situation, market in product(Situation, MARKETS):
        play = pick_play(STANDARD, quadrant="D", situation=situation, market=market)
        assert not play.kinds or play.kinds[0] not in FACE_TO_FACE, play.key


def test_each_class_has_its_own_way_of_the_main_situations() -> None:
    for situation in ("strike", "cold_gap", "cold_gap_severe", "window_due_soon", "window_overdue", "routine"):
        keys = {pick_play(STANDARD, quadrant=quadrant, situation=situation).key for quadrant in "ABCD"}
        assert len(keys) == 4, situation


def test_scripts_of_the_market_come_first_and_the_seed_turns_them_over() -> None:
    play = pick_play(STANDARD, quadrant="A", situation="strike")
    consumer = pick_script(play, market="b2c", seed=0)
    shown = [pick_script(play, market="b2b", seed=seed).zh for seed in range(6)]

    assert "保障" in consumer.zh
    assert shown[:3] == shown[3:]
    assert len(set(shown)) == len(scripts_for(play, market="b2b")) == 3


def test_a_reason_code_has_its_own_sentence_and_an_unknown_one_the_plain_sentence() -> None:
    play = pick_play(STANDARD, quadrant="B", situation="cold_gap")
    today = why(STANDARD, play, "cold_gap", "today")
    plain = why(STANDARD, play, "cold_gap", "never_heard_of")

    assert STANDARD.tell(today, {"days": 7}, lang="zh") == "第 7 天没联系，今天不动就出冷却空当"
    assert STANDARD.tell(plain, {"days": 9, "max_days": 7}, lang="zh") == "冷却空当 9 天，B 类最长 7 天"
    assert (
        why(STANDARD, pick_play(STANDARD, quadrant="", situation="cold_gap"), "cold_gap", "never_heard_of")
        == (STANDARD.situations[Situation.COLD_GAP].why["default"])
    )


def test_a_play_may_say_why_in_its_own_words() -> None:
    content = dump(STANDARD)
    own = next(play for play in content["plays"] if play["key"] == "cold_gap_b")
    own["why"] = {"zh": "行业在动", "en": "The industry moves"}
    book: Playbook = parse(content)
    play = pick_play(book, quadrant="B", situation="cold_gap")

    assert why(book, play, "cold_gap").zh == "行业在动"
    assert why(book, play, "cold_gap", "today").zh.startswith("第 ")


def test_a_customer_without_an_open_deal_stands_in_the_row_of_existing_ones() -> None:
    assert class_row("A", "existing") == "existing"
    assert class_row("", "in_pursuit") == "unclassified"
    assert class_row("C", "in_pursuit") == "C"


def test_every_placeholder_has_neutral_wording_for_both_listeners() -> None:
    assert set(STANDARD.neutral.rep) == set(STANDARD.neutral.customer) == set(PLACEHOLDERS)
