"""The first page of each role: six logins, six different screens, each with what that person looks after."""

import re
from datetime import timedelta

import pytest

from tests.factories import make_customer
from tests.web.counts import counted
from wendu.coach.models import Standing
from wendu.customers.actions import edit_contact
from wendu.customers.models import Customer
from wendu.imports.models import Import
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.method.codes import Status
from wendu.touches.actions import PromiseDraft, TailDraft, TouchDraft, log_touch

pytestmark = pytest.mark.django_db
ROLES = ("alice", "mona", "sam", "mia", "eve", "ada")


@pytest.fixture
def home(cast, scene, enter):
    """The words of somebody's first page."""

    def seen(who: str, language: str = "zh-hans") -> str:
        page = enter(getattr(cast, who), language).get("/today/")
        assert page.status_code == 200
        return re.sub(r"(<[^>]*>|\s)+", " ", page.content.decode().split("<main")[1])

    return seen


def logged(scene, cast, **what):
    customer = scene.customers["桐溪注塑"]
    draft = TouchDraft(kind="phone", touched_on=scene.today - timedelta(days=3), is_two_way=True, **what)
    return log_touch(customer=customer, draft=draft, actor=cast.alice, at=now())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_m3_six_roles_have_six_different_home_screens(home, language):
    assert len({home(who, language) for who in ROLES}) == len(ROLES)


def test_service_sees_what_is_broken_and_what_was_promised_at_its_team(cast, scene, home):
    yesterday = scene.today - timedelta(days=1)
    logged(
        scene,
        cast,
        tails=(TailDraft(what="夜班噪声没查"),),
        promises=(PromiseDraft(what="寄检漏报告", due_on=yesterday),),
    )

    said = home("sam")
    assert "桐溪注塑 林小雅 夜班噪声没查" in said
    assert "寄检漏报告" in said
    assert "该回访的 没有到回访日的老客户" in said


def test_whoever_has_a_list_of_their_own_sees_what_the_role_looks_after_too(cast, scene, home):
    logged(scene, cast, tails=(TailDraft(what="夜班噪声没查"),))
    for person, name in ((cast.sam, "桑服的客户"), (cast.ada, "艾达的客户")):
        make_customer(person, name, at=now())

    assert "夜班噪声没查" in home("sam")
    assert "家里的事" in home("ada")


def test_nobody_is_revisited_who_opted_out(cast, scene, home):
    customer = scene.customers["赤岭建材"]
    due = scene.today - timedelta(days=1)
    Standing.objects.filter(pk=customer.pk).update(status=Status.EXISTING, revisit_on=due)
    before = home("sam")
    edit_contact(contact=scene.contacts["赤岭建材"], changes={"do_not_contact": True}, actor=cast.alice, at=now())
    Standing.objects.filter(pk=customer.pk).update(status=Status.EXISTING, revisit_on=due)

    assert "该回访的 赤岭建材" in before
    assert "该回访的 赤岭建材" not in home("sam")


def test_a_promise_that_is_kept_or_not_due_is_not_shown(cast, scene, home):
    tomorrow = scene.today + timedelta(days=1)
    logged(scene, cast, promises=(PromiseDraft(what="下周的样品", due_on=tomorrow),))

    assert "下周的样品" not in home("sam")


def test_marketing_sees_sources_and_who_was_met_by_nobody(cast, scene, home, enter):
    for name in ("初来一号", "初来二号"):
        make_customer(cast.alice, name, at=now(), source_text="展会")

    said = home("mia")
    assert "展会 2 0 0" in said  # the others came in half a year ago
    assert re.search(r"来了还没人联系 .*初来二号 林小雅 .*云麓电子 林小雅", said)
    link = enter(cast.mia).get("/today/").context["home"]["sources"][0].query
    listed = enter(cast.mia).get(f"/customers/?{link}").context["list"]
    assert listed.problem == ""
    assert {row.name for row in listed.rows} == {"初来一号", "初来二号"}


def test_a_source_that_would_read_as_two_has_no_link(cast, scene, enter):
    make_customer(cast.alice, "两处来的", at=now(), source_text="展会,北京;上海")

    sources = enter(cast.mia).get("/today/").context["home"]["sources"]
    assert {each.name: each.query for each in sources}["展会,北京;上海"] == ""


def test_the_administrator_sees_what_needs_a_hand(cast, scene, home):
    Job.objects.create(kind="coach.recompute", state=JobState.FAILED, ended_at=now(), error="disk full")
    Import.objects.create(
        kind="customers",
        file_name="展会名单.xlsx",
        suffix=".xlsx",
        header=[],
        rows=120,
        counts={"rejected": 3},
        actor=cast.alice,
        uploaded_at=now(),
    )

    said = home("ada")
    assert "后台任务 没有回应，启动它" in said
    assert "失败的任务 7 天里 1 个" in said
    assert "展会名单.xlsx 林小雅 3 行没收" in said


def test_the_executive_sees_the_forecast_first(home):
    assert home("eve").index("预测") < home("eve").index("谁在丢热")


def test_nobody_sees_customers_of_others_on_a_first_page(cast, scene, home):
    logged(scene, cast, tails=(TailDraft(what="夜班噪声没查"),))
    names = set(Customer.objects.filter(owner=cast.alice).values_list("name", flat=True))

    for who in ("charlie", "nora"):
        assert not {name for name in names if name in home(who)}


@pytest.mark.parametrize("who", ["sam", "mia", "eve", "ada"])
def test_query_counts_of_a_first_page(cast, scene, enter, who):
    client = enter(getattr(cast, who))
    client.get("/today/")

    with counted(f"{getattr(cast, who).role}: today"):
        assert client.get("/today/").status_code == 200
