"""Letting colleagues in and closing their logins, through the web door."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD, person
from tests.factories import make_customer
from wendu.identity.choices import Role
from wendu.identity.models import User

pytestmark = pytest.mark.django_db
LINK = re.compile(r'id="link" readonly value="([^"]+)"')
DORA = {"username": "dora", "full_name": "朵拉", "role": "rep", "language": "zh-hans"}
STRONG = "Kmf7-stretch"


@pytest.fixture
def mail_server(settings):
    settings.EMAIL_HOST = "mail.invalid"


def taken_up(client, cast, **more):
    return client.post("/settings/people/new/", {**DORA, "team": cast.east.pk, **more}, follow=True)


def signs_in(username: str, password: str) -> bool:
    answer = Client().post("/accounts/login/", {"login": username, "password": password})
    return answer.status_code == 302


def path_of(page) -> str:
    return "/invitation/" + LINK.search(page.content.decode())[1].partition("/invitation/")[2]


def test_a_colleague_comes_in_by_a_link(cast, enter):
    page = taken_up(enter(cast.ada), cast)
    link, visitor = path_of(page), Client(headers={"accept-language": "zh-hans"})
    assert "欢迎，朵拉" in visitor.get(link).content.decode()

    answer = visitor.post(link, {"password": STRONG, "again": STRONG}, follow=True)

    assert "密码设好了" in answer.content.decode()
    assert signs_in("dora", STRONG)
    assert visitor.get(link).status_code == 410


@pytest.mark.parametrize(
    ("first", "again", "words"),
    [(STRONG, "other", "两次输入的不一样"), ("1234567890", "1234567890", "太弱"), ("", "", "")],
)
def test_a_password_that_will_not_do_is_refused_in_words(cast, enter, first, again, words):
    visitor, link = Client(headers={"accept-language": "zh-hans"}), path_of(taken_up(enter(cast.ada), cast))

    answer = visitor.post(link, {"password": first, "again": again})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.get(username="dora").has_usable_password()


def test_the_link_is_mailed_where_there_is_an_address_and_a_server(cast, enter, mail_server):
    page = taken_up(enter(cast.ada), cast, email="dora@example.com", language="en")

    assert "也发到了 dora@example.com" in page.content.decode()
    (sent,) = mail.outbox
    assert sent.to == ["dora@example.com"]
    assert "a login for 温度商贸 is ready for you" in sent.body
    assert path_of(page) in sent.body


def test_without_a_server_nothing_is_mailed_and_nothing_is_claimed(cast, enter):
    page = taken_up(enter(cast.ada), cast, email="dora@example.com")

    assert mail.outbox == []
    assert "也发到了" not in page.content.decode()


def test_a_colleague_can_be_given_a_password_at_once(cast, enter):
    page = taken_up(enter(cast.ada), cast, password=STRONG)

    assert LINK.search(page.content.decode()) is None
    assert signs_in("dora", STRONG)


def test_the_link_is_shown_to_administrators_only(cast, enter):
    taken_up(enter(cast.ada), cast)
    dora = User.objects.get(username="dora")

    page = enter(cast.mona).get(f"/settings/people/{dora.uuid}/")

    assert page.status_code == 200
    assert "/invitation/" not in page.content.decode()
    assert "dora@" not in page.content.decode()


def test_role_team_language_and_details_are_changed_in_one_go_or_not_at_all(cast, enter):
    client, url = enter(cast.ada), f"/settings/people/{cast.alice.uuid}/"
    fine = {"full_name": "林雅", "email": "lin@example.com", "role": "manager", "team": cast.south.pk, "language": "en"}
    client.post(url, {**fine, "daily_capacity": "9"})
    cast.alice.refresh_from_db()
    assert (cast.alice.full_name, cast.alice.role, cast.alice.team) == ("林雅", Role.MANAGER, cast.south)
    assert (cast.alice.language, cast.alice.daily_capacity) == ("en", 9)

    answer = client.post(url, {**fine, "role": "service", "email": "bob@example.com"})

    cast.alice.refresh_from_db()
    assert answer.status_code == 422
    assert "id_email-err" in answer.content.decode() or "登录名或邮箱" in answer.content.decode()
    assert cast.alice.role == Role.MANAGER


def test_the_only_administrator_can_neither_step_down_nor_be_shut_out(cast, enter):
    client, url = enter(cast.ada), f"/settings/people/{cast.ada.uuid}/"

    down = client.post(url, {"role": "rep", "full_name": "艾达"})
    out = client.post(f"{url}closing/")

    cast.ada.refresh_from_db()
    assert (down.status_code, out.status_code) == (422, 422)
    assert "唯一" in down.content.decode()
    assert cast.ada.is_admin


def test_a_closed_login_ends_at_once_and_opens_again(cast, enter):
    client, his = enter(cast.ada), enter(cast.bob)
    make_customer(cast.bob)
    assert his.get("/today/").status_code == 200

    page = client.post(f"/settings/people/{cast.bob.uuid}/closing/", follow=True).content.decode()
    assert his.get("/today/").status_code == 302
    assert "负责 1 个客户" in page
    assert "现在没人跟" in page
    client.post(f"/settings/people/{cast.bob.uuid}/opening/")

    assert signs_in("bob", PASSWORD)


def test_people_are_narrowed_by_name_role_team_and_state(cast, enter):
    client = enter(cast.ada)

    def found(query: str) -> set[str]:
        return {user.username for user in client.get(f"/settings/people/?{query}").context["rows"]}

    taken_up(client, cast)
    assert found("text=林") == {"alice"}
    assert found("role=manager") == {"mona", "nora"}
    assert found(f"team={cast.north.uuid}") == {"alice", "bob", "mona", "sam", "dora"}
    assert found("state=invited") == {"dora"}
    client.post(f"/settings/people/{cast.bob.uuid}/closing/")
    assert found("state=closed") == {"bob"}
    assert client.get("/settings/people/?team=nonsense").status_code == 404


def test_a_long_list_of_people_is_cut_into_pages(cast, enter):
    for number in range(60):
        person(f"extra{number:02}")
    client = enter(cast.ada)

    first = client.get("/settings/people/")
    second = client.get(first.context["next_url"])

    names = [user.username for page in (first, second) for user in page.context["rows"]]
    assert len(names) == len(set(names)) == User.objects.count()
    assert second.context["next_url"] == ""
