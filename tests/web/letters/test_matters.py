"""The morning's letter answers what each role asks: the team, what is broken, the house; never somebody else's plan."""

from datetime import timedelta

import pytest

from tests.factories import make_customer
from tests.web.letters.test_morning import AT, Going, postbox, texts  # noqa: F401  the postbox is a fixture
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.imports.models import Import
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.touches.actions import TailDraft, TouchDraft, log_touch
from wendu.web.letters.matters import matters_of
from wendu.web.letters.morning import send_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def cold(cast):
    """A customer of Alice that fell silent, with a problem left open."""
    customer = make_customer(cast.alice, "桐溪注塑", at=AT - timedelta(days=60))
    touch = TouchDraft(
        kind="phone",
        touched_on=AT.date() - timedelta(days=40),
        is_two_way=True,
        tails=(TailDraft(what="夜班噪声没查"),),
    )
    log_touch(customer=customer, draft=touch, actor=cast.alice, at=AT)
    return customer


def told(user) -> dict[str, list[tuple[str, str]]]:
    found = matters_of(user, Frame.at(AT), AT)
    return {each.title: [(line.name, line.words) for line in each.lines] for each in found}


def mails(box) -> dict[str, str]:
    send_plans(Going(), at=AT)
    return {mail["To"]: texts(mail)[0] for mail in box.mails}


def test_a_manager_reads_who_of_the_team_lets_customers_cool_and_no_rep_s_plan(cast, cold, postbox):  # noqa: F811
    said = told(cast.mona)

    assert said["谁在丢热"] == [("林小雅", "1 家出了空当")]
    text = mails(postbox)["mona@example.com"]
    assert "林小雅 · 1 家出了空当" in text
    assert f"/customers/?owner={cast.alice.uuid}" in text
    assert "桐溪注塑" not in text
    assert "你自己要跟的" not in text


def test_another_team_s_manager_hears_nothing_of_it(cast, cold):
    assert "林小雅" not in str(told(cast.nora))


def test_service_reads_what_is_broken(cast, cold):
    ((name, words),) = told(cast.sam)["没解决的问题"]

    assert name == "桐溪注塑"
    assert words.startswith("林小雅 · 夜班噪声没查 · ")


def test_an_administrator_reads_what_needs_a_hand_and_no_customer(cast, cold, postbox):  # noqa: F811
    Job.objects.create(kind="coach.recompute", state=JobState.FAILED, ended_at=AT, error="disk full")
    files = {"kind": "customers", "suffix": ".xlsx", "header": [], "rows": 120, "actor": cast.alice}
    Import.objects.create(**files, file_name="展会名单.xlsx", counts={"rejected": 3}, uploaded_at=AT)
    Import.objects.create(**files, file_name="旧名单.xlsx", counts={"rejected": 3}, uploaded_at=AT - timedelta(days=8))
    Import.objects.create(**files, file_name="好名单.xlsx", counts={}, uploaded_at=AT)

    said = told(cast.ada)

    assert ("失败的任务", "7 天里 1 个") in said["家里的事"]
    assert [name for name, _words in said["导入的文件"]] == ["展会名单.xlsx"]
    assert "桐溪注塑" not in mails(postbox)["ada@example.com"]


def test_a_rep_s_letter_is_the_plan_alone(cast, cold):
    assert told(cast.alice) == {}


def test_the_own_list_stands_below_what_others_wait_for(cast, cold, postbox):  # noqa: F811
    make_customer(cast.mona, "莫娜的客户", at=AT - timedelta(days=30))

    text = mails(postbox)["mona@example.com"]

    assert text.index("林小雅") < text.index("你自己要跟的") < text.index("莫娜的客户")


def test_nobody_is_told_of_customers_that_are_resting(cast, cold):
    Standing.objects.filter(pk=cold.pk).update(owner=cast.charlie)

    assert "谁在丢热" not in told(cast.mona)


def test_a_day_of_another_year_bears_its_year(cast):
    customer = make_customer(cast.alice, "桐溪注塑", at=AT - timedelta(days=300))
    long_ago = AT.date() - timedelta(days=200)
    touch = TouchDraft(kind="phone", touched_on=long_ago, is_two_way=True, tails=(TailDraft(what="夜班噪声没查"),))
    log_touch(customer=customer, draft=touch, actor=cast.alice, at=AT)

    ((_name, words),) = told(cast.sam)["没解决的问题"]

    assert words.endswith(long_ago.isoformat())
