"""Choosing what one is told of: usual by role, journaled, kept, and followed in the app and by mail."""

import pytest
from django.core import mail

from wendu.agenda.actions import notify
from wendu.agenda.models import NoticeChoice, Notification
from wendu.agenda.queries import notifications_of, unread_count
from wendu.agenda.wishes import Wish, choose_notices, usual, wishes_of
from wendu.identity.choices import Role
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.kernel.errors import Denied
from wendu.web.letters.telling import mail_notices

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/notifications/choices/"


def chosen(user) -> set[str]:
    wishes = wishes_of([user])[user.pk].items()
    return {f"app {kind}" for kind, wish in wishes if wish.in_app} | {
        f"mail {kind}" for kind, wish in wishes if wish.by_mail
    }


def test_each_role_begins_with_what_is_usual():
    assert usual(Role.MANAGER)["heat_missed"] == Wish(in_app=True, by_mail=True)
    assert usual(Role.REP)["heat_missed"] == Wish(in_app=True, by_mail=False)
    mornings = {role for role in Role if usual(role)["plan"].by_mail}
    assert mornings == {Role.REP, Role.MANAGER, Role.SERVICE, Role.ADMIN}


@pytest.mark.parametrize("who", ["alice", "mona", "eve", "ada"])
def test_the_page_shows_what_holds_and_keeps_what_is_chosen(cast, enter, who):
    user, client = getattr(cast, who), enter(getattr(cast, who))
    shown = client.get(PAGE).content.decode()
    assert shown.count(" checked>") == len(chosen(user))

    answer = client.post(PAGE, {"wanted": ["mail strike_raised", "mail heat_missed", "app heat_missed", "app plan"]})

    assert answer.status_code == 302
    assert chosen(user) == {"mail strike_raised", "mail heat_missed", "app heat_missed"}
    assert "从现在起" in client.get(PAGE).content.decode()


def test_a_choice_is_journaled_once_and_changes_nobody_else(cast, enter):
    enter(cast.alice).post(PAGE, {"wanted": ["app strike_raised", "app heat_missed"]})
    enter(cast.alice).post(PAGE, {"wanted": ["app strike_raised", "app heat_missed"]})

    (entry,) = Entry.objects.filter(verb="user.notices_chosen")
    assert (entry.before["plan"]["by_mail"], entry.after["plan"]["by_mail"]) == (True, False)
    assert entry.actor_id == cast.alice.pk
    assert not NoticeChoice.objects.exclude(user=cast.alice).exists()
    assert "mail plan" in chosen(cast.bob)


def test_nobody_chooses_for_a_colleague(cast):
    with pytest.raises(Denied):
        choose_notices(user=cast.alice, wishes={"plan": Wish(False, False)}, actor=cast.bob, at=now())


@pytest.mark.parametrize(
    ("wish", "in_app", "mailed"),
    [(Wish(True, False), 1, 0), (Wish(False, True), 0, 1), (Wish(True, True), 1, 1), (Wish(False, False), 0, 0)],
)
def test_what_is_told_follows_the_choice(cast, wish, in_app, mailed):
    choose_notices(user=cast.alice, wishes={"strike_raised": wish}, actor=cast.alice, at=now())
    notify(user=cast.alice, code="strike_raised", at=now(), params={"heat": 86})

    assert (notifications_of(cast.alice).count(), unread_count(cast.alice)) == (in_app, in_app)
    assert (mail_notices(at=now()), mail_notices(at=now())) == (mailed, 0)
    assert len(mail.outbox) == mailed


def test_one_mail_tells_all_that_came_up_and_names_only_what_is_seen(cast, scene):
    Notification.objects.all().delete()
    seen, unseen = scene.customers["桐溪注塑"], scene.customers["竹间日化"]
    for number, customer in enumerate((seen, unseen)):
        told = {"params": {"on": "2026-11-20"}, "customer_uuid": customer.uuid, "key": str(number)}
        notify(user=cast.mona, code="heat_missed", at=now(), **told)

    assert mail_notices(at=now()) == 2

    (letter,) = mail.outbox
    assert letter.to == ["mona@example.com"]
    assert "桐溪注塑" in letter.body
    assert "竹间日化" not in letter.body
    assert str(unseen.uuid) not in letter.body


def test_a_role_that_only_reads_can_be_told_too(cast, enter):
    enter(cast.eve).post(PAGE, {"wanted": ["mail plan"]})

    assert chosen(cast.eve) == {"mail plan"}
