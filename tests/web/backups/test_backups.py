"""The backups' page is the administrator's; on Today one line warns while none succeeds."""

from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder

from wendu.backups.actions import Made, _note
from wendu.jobs.models import Job
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db
PAGE, MAKING = "/backups/", "/backups/making/"
WARNING = "超过 24 小时没有备份了"


def a_month_ago():
    MigrationRecorder.Migration.objects.update(applied=now() - timedelta(days=30))


def test_a_backup_is_asked_for_once(cast, enter):
    ada = enter(cast.ada)

    ada.post(MAKING)
    answer = ada.post(MAKING, follow=True)

    assert Job.objects.filter(kind="backup.make").count() == 1
    assert Job.objects.get(kind="backup.make").actor == cast.ada
    page = answer.content.decode()
    assert "正在备份" in page
    assert MAKING not in page, "while one is made, no second is offered"


def test_the_page_tells_what_was_made_and_when(cast, enter):
    _note(Made("wendu-20260302-180000.zip", 38_800_000, 868_823, verified=True), actor=None, at=now())

    page = enter(cast.ada).get(PAGE).content.decode()

    assert "wendu-20260302-180000.zip" in page
    assert "38.8 MB" in page
    assert "868,823 行" in page
    assert "试恢复过" in page


@pytest.mark.parametrize("who", ["alice", "mona", "charlie", "eve", "mia", "sam"])
def test_for_all_others_there_is_no_such_page(cast, enter, who):
    client = enter(getattr(cast, who))

    assert client.get(PAGE).status_code == 404
    assert client.post(MAKING).status_code == 404
    assert not Job.objects.exists()


def test_today_warns_the_administrator_and_nobody_else(cast, enter):
    a_month_ago()

    assert WARNING in enter(cast.ada).get("/today/").content.decode()
    assert WARNING not in enter(cast.alice).get("/today/").content.decode()


def test_today_is_silent_while_all_is_well(cast, enter):
    a_month_ago()
    _note(Made("wendu-20260302-180000.zip", 1, 1, verified=False), actor=None, at=now() - timedelta(hours=3))

    assert WARNING not in enter(cast.ada).get("/today/").content.decode()
