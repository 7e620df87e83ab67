"""Coming in and going out: links only to the configured address, wrong tries counted, other sessions ended."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD
from wendu.identity.actions import deactivate_user, edit_preferences
from wendu.journal.models import Entry
from wendu.kernel.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEW = "zhong-huo-man-dun-2026"


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "zh-CN"})


def sign_in(client: Client, username: str = "alice", password: str = PASSWORD, **headers):
    return client.post("/accounts/login/", {"login": username, "password": password}, headers=headers)


def reset_link(client: Client, address: str = "alice@example.com", **headers) -> str:
    client.post("/accounts/password/reset/", {"email": address}, headers=headers)
    found = re.search(r"https?://\S+", mail.outbox[-1].body)
    assert found
    return found[0]


def test_the_front_door_leads_to_today(cast, visitor):
    assert visitor.get("/").url.startswith("/accounts/login/")

    sign_in(visitor)

    assert visitor.get("/").url == "/today/"


def test_the_door_speaks_the_language_of_the_browser_then_of_the_person(cast, visitor):
    assert "登录" in visitor.get("/accounts/login/").content.decode()
    assert "Sign in" in visitor.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()

    edit_preferences(user=cast.alice, actor=cast.alice, at=now(), language="en")
    sign_in(visitor)
    page = visitor.get("/today/")

    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in page.content.decode()


def test_nobody_signs_up(visitor):
    assert visitor.get("/accounts/signup/").status_code == 404


def test_a_wrong_password_is_told_and_the_sixth_try_is_shut_out(cast, visitor):
    for _try in range(4):
        assert sign_in(visitor, password="wrong").status_code == 200
    refused = sign_in(visitor, password="wrong")

    assert refused.status_code == 429
    assert "15 分钟" in refused.content.decode() or "一刻钟" in refused.content.decode()
    assert sign_in(visitor).status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    assert sign_in(elsewhere).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [{"host": "localhost"}, {"x-forwarded-host": "evil.example"}, {"x-forwarded-server": "evil.example"}],
)
def test_a_reset_mail_names_only_the_configured_address(cast, visitor, settings, headers):
    settings.BASE_URL = "https://crm.example.cn"

    link = reset_link(visitor, **headers)

    written = mail.outbox[-1]
    assert link.startswith("https://crm.example.cn/accounts/password/reset/key/")
    assert "evil" not in written.subject + written.body
    assert "testserver" not in written.subject + written.body
    assert "设新密码" in written.subject


def test_a_foreign_host_gets_no_answer_and_no_mail(cast, visitor):
    answer = visitor.post("/accounts/password/reset/", {"email": "alice@example.com"}, headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert mail.outbox == []


def test_an_unknown_address_is_answered_like_a_known_one(cast, visitor):
    known = visitor.post("/accounts/password/reset/", {"email": "alice@example.com"})
    unknown = visitor.post("/accounts/password/reset/", {"email": "nobody@example.com"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


def test_a_link_works_once_and_is_journaled(cast, visitor):
    path = "/accounts/" + reset_link(visitor).split("/accounts/")[1]
    form = visitor.get(path).url

    visitor.post(form, {"password1": NEW, "password2": NEW})
    cast.alice.refresh_from_db()

    assert cast.alice.check_password(NEW)
    assert Entry.objects.filter(verb="user.password_set", actor=cast.alice, door="web").exists()
    again = Client().get(path)
    assert "password/reset" not in again.get("Location", "")


def test_a_changed_password_ends_every_other_session(cast, enter, visitor):
    other = enter(cast.alice)
    sign_in(visitor)
    assert other.get("/today/").status_code == 200

    visitor.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert other.get("/today/").status_code == 302


def test_signing_out_ends_the_session_itself(cast, visitor):
    sign_in(visitor)
    stolen = Client()
    stolen.cookies = visitor.cookies

    visitor.post("/accounts/logout/")

    assert stolen.get("/today/").status_code == 302


def test_whoever_signs_in_next_does_not_begin_where_the_other_left(cast, visitor):
    sign_in(visitor)

    answer = visitor.post("/accounts/logout/", {"next": "/customers/"}, follow=True)

    assert answer.redirect_chain[-1][0].endswith(("/accounts/login/", "/accounts/login/?next=/"))


def test_a_closed_account_is_out_at_once(cast, enter, visitor):
    client = enter(cast.alice)
    assert client.get("/today/").status_code == 200

    deactivate_user(user=cast.alice, actor=cast.ada, at=now())

    assert client.get("/today/").status_code == 302
    sign_in(visitor)
    assert visitor.get("/today/").status_code == 302


def test_pages_behind_the_login_are_kept_by_no_cache(cast, enter):
    assert "no-store" in enter(cast.alice).get("/today/")["Cache-Control"]


def test_a_demonstration_names_a_login_per_role_and_daily_work_does_not(cast, visitor, settings):
    assert "alice" not in visitor.get("/accounts/login/").content.decode()

    settings.DEMO = True
    page = visitor.get("/accounts/login/").content.decode()

    for login in ("alice", "mona", "sam", "mia", "eve", "ada"):
        assert f"<b>{login}</b>" in page
    assert "<b>bob</b>" not in page
