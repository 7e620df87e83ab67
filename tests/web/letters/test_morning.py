"""The plan of the morning by mail: to whom, when, how often, in which language, and what it never says."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import person
from tests.factories.customers import make_customer
from tests.web.letters.postbox import open_postbox
from wendu.agenda.actions import plan_step
from wendu.agenda.choices import NoticeKind
from wendu.agenda.models import Letter
from wendu.agenda.wishes import Wish, choose_notices
from wendu.customers.actions import change_owner
from wendu.identity.models import Holiday, User
from wendu.jobs.actions import enqueue
from wendu.jobs.run import Run
from wendu.web.letters import jobs, matters, morning, post
from wendu.web.letters.morning import is_morning, readers, send_plans
from wendu.web.letters.post import NoPost, without_phones

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2026, 3, 2, 0, 10, tzinfo=UTC)  # ten past eight on a Monday in Shanghai


@pytest.fixture
def postbox(settings):
    with open_postbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.BASE_URL = "https://crm.example"
        yield box


@pytest.fixture(autouse=True)
def a_house_in_order(monkeypatch):
    """Nothing of the house needs a hand, so that its administrator has no letter of it."""
    monkeypatch.setattr(matters, "duties_of", lambda _user, _at: [])


@pytest.fixture
def planned(cast):
    """Alice means to do something today."""
    customer = make_customer(cast.alice, "桐溪注塑", at=AT - timedelta(days=30))
    plan_step(customer=customer, do="约样机", planned_on=AT.date(), actor=cast.alice, at=AT)
    return customer


class Going(Run):
    """A run nobody stops."""

    def __init__(self):
        self.seen = 0

    def check(self):
        """Nothing stops it."""

    def advance(self, by=0, **_more):
        self.seen += by


def send(at=AT) -> int:
    return send_plans(Going(), at=at)


def texts(mail) -> tuple[str, str]:
    return mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()


def test_the_plan_arrives_as_text_and_html_and_leads_to_the_pages(planned, postbox):
    assert send() == 1

    (mail,) = postbox.mails
    assert mail["To"] == "alice@example.com"
    assert "今天 1 家，先看桐溪注塑" in mail["Subject"]
    for text in texts(mail):
        assert "桐溪注塑" in text
        assert f"https://crm.example/customers/{planned.uuid}/" in text
        assert "https://crm.example/notifications/choices/" in text
    assert mail["List-Unsubscribe"] == "<https://crm.example/notifications/choices/>"


def test_no_phone_number_is_in_the_mail(cast, planned, postbox):
    make_customer(cast.alice, "顾明舒 138 0000 1234 或 0512-65551234", at=AT - timedelta(days=40))

    send()

    for text in (*texts(postbox.mails[0]), postbox.mails[0]["Subject"]):
        assert "0000 1234" not in text
        assert "65551234" not in text
    assert "顾明舒" in texts(postbox.mails[0])[0]


@pytest.mark.parametrize("text", ["2026-03-02", "1280000", "13.5", "/customers/019ac0de-1380-7000-8000-138000012345/"])
def test_what_is_no_phone_number_stays(text):
    assert without_phones(text) == text


def test_it_goes_out_once_however_often_the_job_runs(planned, postbox):
    assert [send(AT + timedelta(minutes=10 * number)) for number in range(4)] == [1, 0, 0, 0]
    assert len(postbox.mails) == 1
    assert send(AT + timedelta(days=1)) == 1


def test_who_reads_english_is_written_to_in_english(cast, planned, postbox):
    User.objects.filter(pk=cast.alice.pk).update(language="en")

    send()

    assert "1 for today: 桐溪注塑" in postbox.mails[0]["Subject"]
    assert "this is your plan of 03-02 Mon" in texts(postbox.mails[0])[0]


def test_who_has_no_plan_is_left_in_peace(cast, postbox):
    assert send() == 0
    assert postbox.mails == []


def test_what_one_no_longer_sees_is_in_nobody_s_mail(cast, planned, postbox):
    change_owner(customer=planned, owner=cast.charlie, actor=cast.ada, at=AT)

    send()

    assert all(
        "桐溪" not in text for mail in postbox.mails if mail["To"] == "alice@example.com" for text in texts(mail)
    )


def test_only_who_wants_it_and_can_be_written_to_is(cast, planned, postbox):
    assert {user.username for user in readers(AT)} == {"alice", "bob", "charlie", "mona", "nora", "sam", "ada"}

    for user, wanted in ((cast.alice, False), (cast.eve, True)):
        wish = {NoticeKind.PLAN: Wish(in_app=False, by_mail=wanted)}
        choose_notices(user=user, wishes=wish, actor=user, at=AT)
    User.objects.filter(pk=cast.bob.pk).update(email="")
    User.objects.filter(pk=cast.sam.pk).update(is_active=False)

    assert {user.username for user in readers(AT)} == {"charlie", "mona", "nora", "eve", "ada"}
    assert send() == 0


@pytest.mark.parametrize(
    ("at", "fits"),
    [
        (AT, True),
        (AT - timedelta(hours=2), False),  # ten past six
        (AT + timedelta(hours=2, minutes=40), True),
        (AT + timedelta(hours=3), False),  # ten past eleven
        (AT - timedelta(days=1), False),  # Sunday
        (AT + timedelta(days=1), False),  # the holiday below
    ],
)
def test_only_the_morning_of_a_working_day_is_meant(cast, at, fits):
    Holiday.objects.create(day=AT.date() + timedelta(days=1), name="司庆")

    assert is_morning(at) is fits


def test_a_refused_letter_is_tried_again_at_the_next_round(planned, postbox):
    postbox.refuses = True
    with pytest.raises(NoPost):
        send()
    assert not Letter.objects.filter(user__username="alice").exists()

    postbox.refuses = False
    assert send() == 1


def test_without_a_mail_server_nobody_is_asked(planned, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    assert readers(AT) == []
    assert not Letter.objects.exists()


def test_the_round_asks_for_one_job_at_a_time(cast, planned, monkeypatch):
    monkeypatch.setattr(jobs, "now", lambda: AT)
    monkeypatch.setattr(morning, "can_post", lambda: True)
    asked = []
    monkeypatch.setattr(jobs, "enqueue", lambda kind, actor: asked.append(enqueue(kind, actor=actor)))

    assert [jobs.morning(Going()), jobs.morning(Going())] == [{"asked": True}, {"asked": False}]
    assert len(asked) == 1
    assert post.can_post()


def test_a_new_colleague_s_mail_names_their_own_customers_only(cast, planned, postbox):
    zoe = person("zoe", "左伊", in_team=cast.south)
    make_customer(zoe, "竹间日化", at=AT - timedelta(days=30))

    send()

    told = {mail["To"]: texts(mail)[0] for mail in postbox.mails}
    assert "桐溪" not in told.get("zoe@example.com", "")
