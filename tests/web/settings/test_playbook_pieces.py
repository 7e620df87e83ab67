"""Plays, scripts and trades added, copied, taken out and put back in the forms of a draft."""

import pytest

from tests.factories import make_customer
from tests.web.settings.test_playbook import HOME, content, copied, published_meanwhile, sent
from wendu.journal.models import Entry
from wendu.packs.models import Pack
from wendu.packs.queries import current_playbook
from wendu.playbooks import parse, pick_play, shipped
from wendu.playbooks.pieces import piece_at

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = {
    "do.zh": "把账算给他看",
    "do.en": "Show them the sums",
    "objective.zh": "{contact}点头",
    "objective.en": "{contact} agrees",
    "fallback.zh": "约下次",
    "fallback.en": "Agree on the next time",
    "guard.zh": "不催",
    "guard.en": "No pushing",
    "scripts[0].zh": "{contact}，账在这里。",
    "scripts[0].en": "{contact}, here are the sums.",
}


@pytest.fixture
def client(cast, enter):
    return enter(cast.ada)


@pytest.fixture
def home(client):
    return copied(client)


def written(home, **more):
    """What a browser would send of a new play of class A in the food trade's market."""
    root = f"plays[{len(content()['plays'])}]"
    chosen = {
        "when.situations": ["strike"],
        "when.classes": ["A"],
        "when.markets": ["b2b"],
        "kinds": ["visit", "", "phone", ""],
    }
    return {f"{root}.{name}": value for name, value in {**WORDS, **chosen, **more}.items()}


def chosen(playbook):
    return pick_play(playbook, quadrant="A", situation="strike", market="b2b")


def test_a_play_is_written_counts_for_its_customers_and_says_why_it_differs(client, home):
    answer = client.post(f"{home}new-play/?situation=strike", written(home))

    assert answer.status_code == 302
    play = parse(content()).plays[-1]
    assert (play.do.en, play.when.classes, play.kinds) == ("Show them the sums", ("A",), ("visit", "phone"))
    assert (play.why, [script.zh for script in play.scripts]) == (None, ["{contact}，账在这里。"])
    changes = client.get(home).context["changes"]
    assert [(each.place, each.came, each.after) for each in changes] == [
        ("打法和话术 · 把账算给他看", True, "把账算给他看 · A · 企业客户 · 1 条话术")
    ]
    client.post(f"{home}publication/", {"note": "", "seen": "1"})
    assert chosen(current_playbook()).do.en == "Show them the sums"
    assert chosen(shipped()).key == "strike_a"


def test_a_new_play_with_something_missing_says_where_and_nothing_is_saved(client, home):
    page = client.post(f"{home}new-play/", written(home, **{"do.en": " ", "when.situations": [], "scripts[0].zh": ""}))

    assert page.status_code == 422
    assert {box.path.partition("].")[2]: box.errors for box in page.context["wrong"]} == {
        "when.situations": ["至少要有 1 个。"],
        "do.en": ["不能留空，写上文字"],
        "scripts[0].zh": ["不能留空，写上文字"],
    }
    assert "把账算给他看" in page.content.decode()
    assert Pack.objects.get().revision == 0


def test_a_play_without_words_for_a_market_says_which_at_the_box_for_one_more(client, home):
    page = client.post(f"{home}new-play/", written(home, **{"when.markets": [], "scripts[0].markets": ["b2c"]}))

    (box,) = page.context["wrong"]
    assert (box.path.partition("].")[2], box.errors) == (
        "scripts[0].zh",
        ["没有话术适合“企业客户”，补一条，或者勾一条给它用。"],
    )


def test_a_copy_begins_with_the_words_of_the_other_one(client, home):
    url = f"{home}new-play/?like=strike_a"
    body = sent(client, url)
    root = f"plays[{len(content()['plays'])}]"

    client.post(url, {**body, f"{root}.when.markets": ["b2c"], f"{root}.do.zh": "带着家里人谈"})

    source, copy = piece_at(content(), "plays.strike_a"), content()["plays"][-1]
    assert (copy["scripts"], copy["kinds"], copy["when"]["markets"]) == (source["scripts"], source["kinds"], ["b2c"])
    assert copy["key"].startswith("own_")


def test_a_twin_is_said_to_be_never_chosen(client, home):
    url = f"{home}new-play/?like=strike_a"
    client.post(url, sent(client, url))
    key = content()["plays"][-1]["key"]

    assert "永远轮不到" in client.get(f"{home}plays/{key}/").content.decode()
    assert client.get(f"{home}plays/").content.decode().count("轮不到") == 1
    assert "永远轮不到" not in client.get(f"{home}plays/strike_a/").content.decode()


def test_for_whom_a_play_is_and_what_its_why_says_are_changed_and_taken_back(client, home):
    url = f"{home}plays/strike_a/"
    body = sent(client, url)

    client.post(
        url, {**body, "plays[1].when.sales": ["project"], "plays[1].why.zh": "火候到了", "plays[1].why.en": "Hot"}
    )
    play = piece_at(content(), "plays.strike_a")
    assert (play["when"]["sales"], play["why"]) == (["project"], {"zh": "火候到了", "en": "Hot"})

    client.post(url, body)
    assert piece_at(content(), "plays.strike_a") == piece_at(Pack.objects.get().content, "plays.strike_a")
    assert piece_at(content(), "plays.strike_a")["why"] is None


def test_a_script_is_added_for_one_market_and_taken_out_again(client, home):
    url = f"{home}plays/strike/"
    new = {
        "plays[0].scripts[3].zh": "您说了算",
        "plays[0].scripts[3].en": "You decide",
        "plays[0].scripts[3].markets": ["b2c"],
    }
    client.post(url, {**sent(client, url), **new})
    added = piece_at(content(), "plays.strike")["scripts"][-1]
    assert (added["zh"], added["markets"]) == ("您说了算", ["b2c"])

    place = f"plays.strike.scripts.{added['code']}"
    answer = client.post(url, {**sent(client, url), "plays[0].do.en": "Ask them", "without": place}, follow=True)

    assert piece_at(content(), place) is None
    assert piece_at(content(), "plays.strike")["do"]["en"] == "Ask them"
    page = answer.content.decode()
    assert f'action="{home}aside/{place}/return/"' in page
    assert "从这份草稿里拿掉的" in page
    assert client.post(f"{home}aside/{place}/return/").status_code == 302
    assert piece_at(content(), place) == added


def test_a_button_takes_out_nothing_but_what_stands_on_its_form(client, home):
    url = f"{home}plays/strike/"

    client.post(url, {**sent(client, url), "without": "plays.strike_a"})

    assert piece_at(content(), "plays.strike_a") is not None


def test_a_play_is_taken_out_and_undone(client, home):
    answer = client.post(f"{home}plays/strike_a/removal/", {"seen": "0"}, follow=True)

    assert answer.redirect_chain == [(f"{home}plays/", 302)]
    assert piece_at(content(), "plays.strike_a") is None
    (change,) = client.get(home).context["changes"]
    assert (change.place, change.went) == ("打法和话术 · 面谈拍板人，这一趟只谈签字日", True)
    assert client.get(f"{home}plays/strike_a/").status_code == 404

    client.post(f"{home}aside/plays.strike_a/return/")
    assert client.get(home).context["changes"] == []


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "“趁热”要留一条人人能用的打法"), ("en", "“Strike now” needs one play")]
)
def test_a_play_a_situation_needs_is_not_taken_out_and_the_reason_names_it(cast, enter, language, words):
    client = enter(cast.ada, language)
    home = copied(client)

    page = client.post(f"{home}plays/strike/removal/", {"seen": "0"})

    assert page.status_code == 422
    assert words in page.content.decode()
    assert Pack.objects.get().revision == 0


def test_the_playbook_and_what_is_in_it_are_renamed(client, home):
    url = f"{home}forms/names/"

    client.post(url, {**sent(client, url), "name.zh": "铁军打法", "temperature.kinds.visit.name.zh": "登门"})

    book = parse(content())
    assert (book.name.zh, book.temperature.kinds["visit"].name.zh) == ("铁军打法", "登门")
    assert {each.place for each in client.get(home).context["changes"]} == {
        "打法包名称 · 中文",
        "水温 · 触达方式 · 登门 · 名称 · 中文",
    }
    client.post(f"{home}publication/", {"note": "", "seen": "1"})
    assert "铁军打法" in client.get(HOME).content.decode()


def test_a_trade_is_added_offered_for_customers_and_refused_to_go_while_one_bears_it(cast, client, home):
    url = f"{home}forms/names/"
    body = sent(client, url)
    (code,) = {path.split(".")[2] for path in body if path.startswith("factors.industry.own_")}
    client.post(
        url, {**body, f"factors.industry.{code}.name.zh": "航空", f"factors.industry.{code}.name.en": "Aviation"}
    )
    client.post(f"{home}publication/", {"note": "", "seen": "1"})
    assert current_playbook().factors.industry[code].name.en == "Aviation"

    customer = make_customer(cast.alice, industry=code)
    assert "航空" in client.get(f"/customers/{customer.uuid}/").content.decode()
    client.post(f"{HOME}drafts/", {"base": "own 1"})
    url = f"{HOME}drafts/{Pack.objects.drafts().get().uuid}/forms/names/"
    page = client.post(url, {**sent(client, url), "without": f"factors.industry.{code}"})

    assert page.status_code == 422
    assert "有 1 个客户在用它" in page.content.decode()


def test_a_trade_in_one_language_only_is_asked_for_the_other(client, home):
    url = f"{home}forms/names/"
    body = sent(client, url)
    (path,) = [path for path in body if path.startswith("factors.industry.own_") and path.endswith(".zh")]

    page = client.post(url, {**body, path: "航空"})

    assert [(box.path, box.errors) for box in page.context["wrong"]] == [
        (path.replace(".zh", ".en"), ["不能留空，写上文字"])
    ]


def test_a_play_both_changed_is_asked_with_the_side_that_took_it_out(client, home):
    client.post(f"{home}plays/strike_a/removal/", {"seen": "0"})
    client.post(f"{HOME}drafts/", {"base": "standard 1.0.0"})
    other = f"{HOME}drafts/{Pack.objects.drafts().latest('pk').uuid}/"
    url = f"{other}plays/strike_a/"
    client.post(url, {**sent(client, url), "plays[1].do.zh": "登门谈定"})
    client.post(f"{other}publication/", {"note": "", "seen": "1"})

    page = client.get(f"{home}rebase/")
    (choice,) = page.context["choices"]
    assert (choice.ours_gone, choice.theirs_gone) == (True, False)
    assert "拿掉" in page.content.decode()
    client.post(f"{home}rebase/", {"onto": "own 1", "seen": 1, "at:plays.strike_a": "theirs"})
    assert piece_at(Pack.objects.drafts().get().content, "plays.strike_a")["do"]["zh"] == "登门谈定"


def test_a_rebase_that_leaves_nobody_a_play_says_so_in_words(client, home):
    url = f"{home}plays/strike/"
    client.post(f"{home}new-play/?like=strike", {**sent(client, f"{home}new-play/?like=strike")})
    client.post(f"{home}plays/strike/removal/", {"seen": "1"})
    published_meanwhile(client, **{"quadrant.high_from": "55"})

    assert client.post(f"{home}rebase/", {"onto": "own 1", "seen": 2}).status_code == 302
    assert url not in client.get(f"{home}plays/").content.decode()


def test_who_only_reads_finds_no_button_and_changes_nothing(cast, enter, home):
    reader = enter(cast.eve)
    before = content()

    pages = [reader.get(f"{home}{page}").content.decode() for page in ("plays/", "plays/strike_a/", "forms/names/")]
    answers = [
        reader.post(f"{home}{page}", {"seen": "0"}).status_code
        for page in (
            "new-play/",
            "plays/strike_a/",
            "plays/strike_a/removal/",
            "aside/plays.strike_a/return/",
            "forms/names/",
        )
    ]

    assert not any(word in page for page in pages for word in ("拿掉", "新打法", "再加"))
    assert (answers, content()) == ([403] * 5, before)


def test_the_audit_log_says_what_came_and_went_in_words(client, home):
    client.post(f"{home}plays/strike_a/removal/", {"seen": "0"})

    page = client.get("/settings/audit/").content.decode()

    assert Entry.objects.filter(verb="pack.edited").count() == 1
    assert "面谈拍板人，这一趟只谈签字日 · A · 4 条话术" in page
    assert "situations" not in page
