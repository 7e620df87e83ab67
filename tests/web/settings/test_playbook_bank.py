"""The question bank written in the browser: problems and questions come, change, go and come back."""

import pytest

from tests.web.settings.test_playbook import content, copied, sent
from wendu.packs.models import Pack
from wendu.playbooks import parse

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def client(cast, enter):
    return enter(cast.ada)


@pytest.fixture
def home(client):
    return copied(client)


def problem(code):
    return next((each for each in content()["spin"] if each["code"] == code), None)


def new_problem(**more):
    root = f"spin[{len(content()['spin'])}]"
    words = {
        "name.zh": "油墨味大，客户退货",
        "name.en": "The ink smells and goods come back",
        "industries": ["food"],
        "problem[0].zh": "上次因为气味退回来的是哪一批？",
        "problem[0].en": "Which batch came back for its smell?",
        "problem[0].roles": ["user"],
        "implication[0].zh": "退货以后，这家客户的份额有没有动？",
        "implication[0].en": "Did your share with that customer move afterwards?",
        "payoff[0].zh": "气味过关了，您最想先补哪家的货？",
        "payoff[0].en": "With the smell gone, whom would you supply first?",
    }
    return {f"{root}.{name}": value for name, value in {**words, **more}.items()}


def test_m68_the_bank_lists_its_problems_and_a_form_saved_untouched_changes_nothing(client, home):
    page = client.get(f"{home}questions/").content.decode()
    assert all(f"{home}questions/{each['code']}/" in page for each in content()["spin"])

    before, url = content(), f"{home}questions/changeover/"
    assert client.post(url, sent(client, url)).status_code == 302
    assert content() == before
    assert Pack.objects.get().revision == 0


def test_a_question_is_added_to_a_problem_with_whom_it_suits(client, home):
    url, root = f"{home}questions/changeover/", "spin[0].payoff[2]"
    added = {f"{root}.zh": "换型快了，您先做哪单？", f"{root}.en": "Which order first?", f"{root}.roles": ["technical"]}

    client.post(url, {**sent(client, url), **added})

    question = problem("changeover")["payoff"][-1]
    assert (question["zh"], question["roles"]) == ("换型快了，您先做哪单？", ["technical"])
    assert question["code"].startswith("own_")
    assert parse(content()).spin[0].payoff[-1].en == "Which order first?"
    changed = client.get(home).context["changes"]
    assert any("Question bank" in each.place or "问题库" in each.place for each in changed)


def test_a_problem_is_written_taken_out_and_put_back(client, home):
    assert client.post(f"{home}new-problem/", new_problem()).status_code == 302
    written = content()["spin"][-1]
    assert (written["name"]["zh"], written["industries"], written["look_up"]) == ("油墨味大，客户退货", ["food"], [])
    assert written["problem"][0]["roles"] == ["user"]

    client.post(f"{home}questions/{written['code']}/removal/")
    assert problem(written["code"]) is None
    assert client.get(f"{home}questions/{written['code']}/").status_code == 404

    client.post(f"{home}aside/spin.{written['code']}/return/")
    assert problem(written["code"]) == written


def test_a_problem_without_a_whole_chain_is_refused_and_nothing_written(client, home):
    before = content()
    answer = client.post(f"{home}new-problem/", new_problem(**{"payoff[0].zh": "", "payoff[0].en": ""}))

    assert answer.status_code == 422
    assert content() == before


def test_a_copy_starts_with_the_words_of_another_problem(client, home):
    page = client.get(f"{home}new-problem/?like=changeover")

    assert problem("changeover")["name"]["zh"] in page.content.decode()


def test_a_question_is_taken_out_but_never_the_only_one_of_its_kind(client, home):
    url = f"{home}questions/feed_losses/"
    page = client.get(url).content.decode()
    assert "spin.feed_losses.payoff.n1" not in page

    url = f"{home}questions/changeover/"
    client.post(url, {**sent(client, url), "without": "spin.changeover.payoff.n2"})
    assert [each["code"] for each in problem("changeover")["payoff"]] == ["n1"]
