"""Every field and comparison finds whom it should, by any way, for whoever may see them, and says so in words."""

import re

import pytest
from django.http import QueryDict
from django.utils import translation

from tests.cast import call_the_cast
from tests.desk.table.examples import BAD, EVERYONE, dress, examples
from tests.web.scene import build_scene
from tests.web.shared import set_up_once
from wendu.coach import walk, ways
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.desk.table.asked import asked_from
from wendu.desk.table.fields import FIELDS, OWN
from wendu.desk.table.names import names_for
from wendu.desk.table.narrowing import meaning_of
from wendu.desk.table.page import table_page
from wendu.desk.table.sentence import sentence
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Firm:
    """The cast, the scene, and what is asked of them."""

    def __init__(self) -> None:
        self.cast = call_the_cast()
        self.scene = build_scene(self.cast)
        dress(self.cast, self.scene)
        self.examples = examples(self.cast, self.scene)


@pytest.fixture(scope="module")
def firm(django_db_setup, django_db_blocker):
    with set_up_once(django_db_blocker):
        yield Firm()


def asked(*groups: str, rest: str = ""):
    query = QueryDict(rest, mutable=True)
    query.setlist("f", list(groups))
    return asked_from(query)


def found(user, *groups: str, rest: str = "") -> set[str]:
    page = table_page(user, now(), asked(*groups, rest=rest))
    assert page.problem == "", page.problem
    assert page.count == str(len(page.rows)), groups
    return {row.name for row in page.rows} - {"竹间日化"}


@pytest.fixture(params=["collecting", "walking"])
def way(request, monkeypatch):
    if request.param == "walking":
        monkeypatch.setattr(ways, "FEW", 0)
        monkeypatch.setattr(ways, "MANY", 0)
        monkeypatch.setattr(walk, "LOOKED_AT_EACH", 2)


def test_every_filter_finds_whom_it_should_by_either_way(firm, way):
    wrong = {
        text: found(firm.cast.ada, text) ^ wanted
        for text, wanted in firm.examples
        if wanted is not None and found(firm.cast.ada, text) != wanted
    }

    assert wrong == {}


def test_the_ways_agree_where_the_answer_is_not_plain(firm, monkeypatch):
    texts = [text for text, wanted in firm.examples if wanted is None]
    collected = {text: found(firm.cast.mona, text) for text in texts}
    monkeypatch.setattr(ways, "FEW", 0)

    assert {text: found(firm.cast.mona, text) for text in texts} == collected
    assert 0 < len(collected["heat.from:60"]) < len(EVERYONE)


def test_a_set_leaves_nobody_out_who_passes_the_test(firm):
    frame, user = Frame.at(now()), firm.cast.ada
    with_sets = 0
    for text, _wanted in firm.examples:
        conditions = asked(text).conditions
        meaning = meaning_of(conditions[0], names_for(user, frame, conditions))
        if meaning.among is None:
            continue
        with_sets += 1
        rows = Standing.objects.all()
        among = rows.filter(meaning.among) if not hasattr(meaning.among, "query") else rows.filter(pk__in=meaning.among)
        assert set(rows.filter(meaning.test)) <= set(among), text

    assert with_sets > 30


def test_every_field_and_comparison_has_an_example(firm):
    shown = {tuple(re.split(r"[.:]", text)[:2]) for text, _ in firm.examples}
    kinds = {(FIELDS[field].kind, op) for field, op in shown if field in FIELDS}

    assert {field.code for field in FIELDS.values()} <= {field for field, _ in shown}
    assert {(field.kind, op) for field in FIELDS.values() for op in field.ops} <= kinds


def test_groups_are_alternatives_and_conditions_of_a_group_add_up(firm, way):
    ada = firm.cast.ada

    assert found(ada, "class.in:A;amount.from:80万", "class.in:D") == {"砚湖轴承", "澜岸重工", "远汀化纤"}
    assert found(ada, "city.in:宁波", "text.has:tx") == {"北栅纺织", "桐溪注塑"}
    assert found(ada, "city.in:宁波", "x_vip.yes", rest="class=B") == {"北栅纺织"}
    assert found(ada, rest=f"class=A&owner={firm.cast.bob.uuid}") == {"青屿精密"}


@pytest.mark.parametrize("who", ["charlie", "nora"])
def test_an_outsider_finds_nobody_by_any_filter(firm, way, who):
    for text, _wanted in firm.examples:
        assert found(getattr(firm.cast, who), text) == set(), text


def test_somebody_one_may_not_see_owns_and_names_nothing(firm):
    charlie, tag = firm.cast.charlie, "重点"
    of_alice = f"owner.in:{firm.cast.alice.uuid}"
    words = sentence(asked(of_alice), names_for(charlie, Frame.at(now()), asked(of_alice).conditions))

    assert found(firm.cast.alice, f"owner.in:{firm.cast.charlie.uuid}") == set()
    assert "林小雅" not in words
    team = f"team.in:{firm.cast.south.uuid}"
    assert found(firm.cast.mona, team) == set()
    mine = next(text for text, _ in firm.examples if text.startswith("tag.in:"))
    assert tag not in sentence(asked(mine), names_for(charlie, Frame.at(now()), asked(mine).conditions))


def test_the_owner_of_a_shared_customer_can_be_asked_for(firm):
    assert found(firm.cast.bob, f"owner.in:{firm.cast.alice.uuid}") == {"桐溪注塑"}
    assert found(firm.cast.bob, "owner.in:me") == {"青屿精密"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_filter_is_said_in_words(firm, language):
    frame = Frame.at(now())
    with translation.override(language):
        for text, _wanted in firm.examples:
            conditions = asked(text).conditions
            words = sentence(asked(text), names_for(firm.cast.ada, frame, conditions))
            assert words, text
            assert "%" not in words, words
            if language == "en":
                plain = re.sub(
                    "|".join(filter(None, [*conditions[0].values, "林小雅", "包伯", "华东一部", "北区", "重点"])),
                    "",
                    words,
                )
                assert not CHINESE.search(plain), words
            else:
                assert CHINESE.search(words), words


def test_the_sentence_reads_as_one_would_say_it(firm):
    text = f"class.in:A,B;owner.in:{firm.cast.alice.uuid};latest.over:14"
    names = names_for(firm.cast.mona, Frame.at(now()), asked(text).conditions)

    with translation.override("zh-hans"):
        assert sentence(asked(text), names) == "A 或 B 类，负责人林小雅，14 天没联系"
        assert sentence(asked("class.in:A", "heat.from:60"), names) == "A 类；或者60° 以上"
    with translation.override("en"):
        assert sentence(asked(text), names) == "A or B class, owner 林小雅, no contact for 14 days"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("text", BAD)
def test_a_bad_filter_shows_nobody_and_says_how_to_mend_it(firm, text, language):
    with translation.override(language):
        page = table_page(firm.cast.ada, now(), asked(text))

    assert page.rows == []
    assert page.problem
    assert bool(CHINESE.search(page.problem)) == (language == "zh-hans")


def test_own_fields_of_others_and_names_from_elsewhere_are_no_way_in(firm):
    assert FIELDS.keys().isdisjoint({f"{OWN}size"})
    assert table_page(firm.cast.ada, now(), asked("custom.in:a")).problem
    assert table_page(firm.cast.ada, now(), asked("x_size__gt.from:1")).problem
