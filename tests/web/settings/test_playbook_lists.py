"""The lists and sentences of a playbook in forms: added, put in another order, taken out, and refused at the box."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from tests.web.settings.test_playbook import content, copied, sent
from wendu.customers.actions import begin_churn
from wendu.journal.models import Entry
from wendu.packs.models import Pack
from wendu.playbooks import parse
from wendu.playbooks.paths import value_at
from wendu.playbooks.pieces import piece_at

pytestmark = [pytest.mark.django_db, pytest.mark.once]
QUESTION = {
    "question": ("有没有人催过这件事", "Has anybody pressed for it"),
    "some": ("有人提过", "Somebody mentioned it"),
    "clear": ("老板催了", "The head pressed for it"),
    "ask": ("谁最急", "Who is in the greatest hurry"),
    "ask_b2c": ("家里谁最急", "Who at home is in the greatest hurry"),
}


@pytest.fixture
def client(cast, enter):
    return enter(cast.ada)


@pytest.fixture
def home(client):
    return copied(client)


def codes(root):
    return [each["code"] for each in value_at(content(), root)]


def question(number, **more):
    words = {
        f"indicators[{number}].{name}.{tongue}": words
        for name, both in QUESTION.items()
        for tongue, words in zip(("zh", "en"), both, strict=True)
    }
    return {**words, **{f"indicators[{number}].{name}": value for name, value in more.items()}}


FORMS = ["questions", "urgency", "checklist", "track", "reasons", "advice", "neutral", "causes", "gates", "talks"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_saved_untouched_changes_nothing(client, home, form):
    url = f"{home}forms/{form}/"
    before = content()

    assert client.post(url, sent(client, url)).status_code == 302
    assert content() == before
    assert Pack.objects.get().revision == 0


def test_a_question_is_added_at_the_end_with_its_axis_and_counts(client, home):
    url = f"{home}forms/questions/"
    count = len(content()["indicators"])

    client.post(url, {**sent(client, url), **question(count, axis="need")})

    added = content()["indicators"][-1]
    assert (added["axis"], added["question"]["zh"], len(content()["indicators"])) == (
        "need",
        "有没有人催过这件事",
        count + 1,
    )
    assert added["code"].startswith("own_")
    assert len(parse(content()).indicators) == count + 1
    changes = client.get(home).context["changes"]
    assert [(each.place, each.came) for each in changes] == [("十个问题 · 有没有人催过这件事", True)]


def test_half_a_question_says_at_its_box_what_is_missing_and_saves_nothing(client, home):
    url = f"{home}forms/questions/"
    count = len(content()["indicators"])

    page = client.post(url, {**sent(client, url), f"indicators[{count}].question.zh": "为什么"})

    assert page.status_code == 422
    wrong = {box.path.removeprefix(f"indicators[{count}].") for box in page.context["wrong"]}
    assert wrong == {
        "question.en", "some.zh", "some.en", "clear.zh", "clear.en", "ask.zh", "ask.en", "ask_b2c.zh", "ask_b2c.en",
    }  # fmt: skip
    assert '<details class="card entry" open>' in page.content.decode()
    assert Pack.objects.get().revision == 0


def test_a_question_moves_up_with_what_was_typed_and_the_order_is_said(client, home):
    url = f"{home}forms/questions/"
    first, second, *rest = codes("indicators")

    answer = client.post(url, {**sent(client, url), "indicators[0].ask.en": "What for?", "up": f"indicators.{second}"})

    assert answer["Location"] == url
    assert codes("indicators") == [second, first, *rest]
    assert piece_at(content(), f"indicators.{first}")["ask"]["en"] == "What for?"
    places = [each.place for each in client.get(home).context["changes"]]
    assert places[-1] == "十个问题 · 顺序"
    after = Entry.objects.filter(verb="pack.edited").latest("pk").after
    assert after["indicators.#"][:2] == [second, first]


def test_the_first_has_no_way_up_and_the_last_none_down(client, home):
    sheets = client.get(f"{home}forms/questions/").context["sheets"]

    assert (sheets[0].up, sheets[-2].down, sheets[-1].up, sheets[-1].remove) == ("", "", "", "")
    assert all(sheet.up for sheet in sheets[1:-1])
    assert all(sheet.down for sheet in sheets[:-2])


def test_a_question_goes_out_and_comes_back_where_it_was(client, home):
    url = f"{home}forms/questions/"
    before = codes("indicators")

    page = client.post(url, {**sent(client, url), "without": f"indicators.{before[2]}"}, follow=True)
    assert codes("indicators") == [*before[:2], *before[3:]]
    assert "从这份草稿里拿掉的" in page.content.decode()

    answer = client.post(f"{home}aside/indicators.{before[2]}/return/")
    assert answer["Location"] == url
    assert codes("indicators") == before


def test_the_last_question_of_an_axis_stays(client, home):
    url = f"{home}forms/questions/"
    needs = [each["code"] for each in content()["indicators"] if each["axis"] == "need"]
    for code in needs[:-1]:
        client.post(url, {**sent(client, url), "without": f"indicators.{code}"})

    page = client.post(url, {**sent(client, url), "without": f"indicators.{needs[-1]}"})

    assert page.status_code == 422
    assert page.context["rest"] == ["“需求”一个问题都不剩了，留一个，或者先写一个新的。"]
    assert needs[-1] in codes("indicators")


def test_a_step_of_the_slow_fire_stands_by_its_day_and_an_error_at_its_own_box(client, home):
    url = f"{home}forms/track/"
    count, order = len(content()["track"]["steps"]), codes("track.steps")
    root = f"track.steps[{count}]"
    step = {
        f"{root}.after_days": "40",
        f"{root}.kind": "phone",
        f"{root}.do.zh": "打个电话",
        f"{root}.do.en": "Call",
        f"{root}.script.zh": "{contact}，问声好。",
        f"{root}.script.en": "",
    }

    page = client.post(url, {**sent(client, url), **step})
    assert [box.path for box in page.context["wrong"]] == [f"{root}.script.en"]

    client.post(url, {**sent(client, url), **step, f"{root}.script.en": "{contact}, just a greeting."})
    added = content()["track"]["steps"][2]
    assert (added["after_days"], added["kind"], added["markets"]) == (40, "phone", {})
    assert codes("track.steps") == [*order[:2], added["code"], *order[2:]]


def test_closer_words_for_a_market_are_taken_away_by_emptying_them(client, home):
    url = f"{home}forms/track/"
    body = sent(client, url)
    root = "track.steps[0].markets.b2c"

    half = client.post(url, {**body, f"{root}.do.en": ""})
    assert [box.path for box in half.context["wrong"]] == [f"{root}.do.en"]

    client.post(
        url, {**body, **{f"{root}.{name}.{tongue}": "" for name in ("do", "script") for tongue in ("zh", "en")}}
    )
    assert set(content()["track"]["steps"][0]["markets"]) == {"b2b", "b2g"}


def test_a_silence_that_is_too_long_is_refused_in_words(client, home):
    url = f"{home}forms/track/"

    page = client.post(url, {**sent(client, url), "track.steps[4].after_days": "300"})

    assert page.context["rest"] == ["小火细炖：两步之间、第一步之前，都不能超过 90 天。"]
    assert page.status_code == 422


def test_a_day_that_is_no_number_is_said_at_its_box(client, home):
    url = f"{home}forms/track/"

    page = client.post(url, {**sent(client, url), "track.steps[1].after_days": "soon"})

    assert [box.path for box in page.context["wrong"]] == ["track.steps[1].after_days"]


def test_a_cause_is_added_moved_and_kept_while_a_page_says_it(cast, client, home):
    url = f"{home}forms/causes/"
    before, count = codes("churn_reasons"), len(content()["churn_reasons"])
    new = {f"churn_reasons[{count}].text.zh": "搬走了", f"churn_reasons[{count}].text.en": "Moved away"}
    client.post(url, {**sent(client, url), **new})
    code = content()["churn_reasons"][-1]["code"]
    client.post(url, {**sent(client, url), "up": f"churn_reasons.{code}"})
    assert codes("churn_reasons") == [*before[:-1], code, before[-1]]

    begin_churn(customer=make_customer(name="安泰", owner=cast.alice), reason="neglect", actor=cast.alice, at=MONDAY)
    page = client.post(url, {**sent(client, url), "without": "churn_reasons.neglect"})
    assert page.status_code == 422
    assert page.context["rest"] == ["有 1 个客户因为它流失，他们的页面上还要显示，改说法就好，别删。"]

    client.post(url, {**sent(client, url), "without": f"churn_reasons.{code}"})
    assert codes("churn_reasons") == before


def test_a_situation_goes_to_the_place_that_was_typed_and_one_step_by_its_button(client, home):
    url = f"{home}forms/urgency/"
    order = content()["strategy"]["urgency"]

    client.post(url, {**sent(client, url), f"strategy.urgency.{order[9]}": "2"})
    assert content()["strategy"]["urgency"] == [order[0], order[9], *order[1:9], *order[10:]]

    client.post(url, {**sent(client, url), "down": f"strategy.urgency.{order[0]}"})
    assert content()["strategy"]["urgency"][:2] == [order[9], order[0]]

    page = client.post(url, {**sent(client, url), f"strategy.urgency.{order[0]}": "99"})
    (box,) = page.context["wrong"]
    assert box.errors == [f"填 1 到 {len(order)} 之间的名次。"]


def test_an_unknown_value_in_braces_is_said_at_its_sentence(client, home):
    url = f"{home}forms/advice/"

    page = client.post(url, {**sent(client, url), "advice.left_out.en": "{whatever} left"})

    (box,) = page.context["wrong"]
    assert box.path.startswith("advice.left_out.")
    assert "whatever" in box.errors[0]


@pytest.mark.parametrize(
    ("form", "path", "value", "wanted"),
    [
        ("checklist", "checklist[0].red.en", "Ask who decides", "Ask who decides"),
        ("reasons", "situations.strike.why.crossed.zh", "刚过线", "刚过线"),
        ("neutral", "neutral.customer.contact.en", "you there", "you there"),
        ("rhythm", "cadence.default_tier", "key", "key"),
        ("plan", "plan.unknown_class", "B", "B"),
        ("points", "temperature.kinds.phone.face_to_face", "yes", True),
        ("cooling", "temperature.top", "99", 99),
    ],
)
def test_what_could_only_be_written_by_hand_is_written_in_a_form(client, home, form, path, value, wanted):
    url = f"{home}forms/{form}/"

    client.post(url, {**sent(client, url), path: value})

    assert value_at(content(), path) == wanted
    (changed,) = client.get(home).context["changes"]
    assert changed.after


def test_a_manager_writes_but_does_not_publish_and_a_rep_sees_no_boxes(cast, enter, home):
    manager, rep = enter(cast.mona), enter(cast.alice)

    page = manager.get(f"{home}forms/questions/").content.decode()
    assert 'name="up"' in page
    assert manager.post(f"{home}forms/questions/", {**sent(manager, f"{home}forms/questions/")}).status_code == 302
    assert manager.post(f"{home}publication/", {"seen": "0"}).status_code == 403
    assert rep.get(f"{home}forms/questions/").status_code in (403, 404)


def test_a_gate_asks_for_what_is_ticked_and_for_nothing_else(client, home):
    url = f"{home}forms/gates/"
    page = client.get(url).content.decode()
    assert "拍板人已找到" in page
    assert "公司级" in page

    standing = {
        f"deal.{root}.{stage}": asked
        for root in ("gates", "simple_gates")
        for stage, asked in value_at(content(), f"deal.{root}").items()
    }
    reach = {"deal.relation.target.strategic": "department", "deal.relation.target.key": "department"}
    chosen = {**standing, "deal.gates.ST1": ["explicit_need"], **reach, "deal.relation.default_target": "individual"}
    assert client.post(url, chosen).status_code == 302

    deal = content()["deal"]
    assert deal["gates"]["ST1"] == ["explicit_need"]
    assert deal["gates"]["ST2"] == standing["deal.gates.ST2"]
    assert deal["relation"]["target"] == {"strategic": "department", "key": "department"}


def test_a_gate_nobody_knows_is_not_asked_for(client, home):
    before = content()["deal"]

    client.post(f"{home}forms/gates/", {"deal.gates.ST1": ["moonlight"], "deal.relation.default_target": "galaxy"})

    assert "moonlight" not in content()["deal"]["gates"]["ST1"]
    assert content()["deal"]["relation"]["default_target"] == before["relation"]["default_target"]
