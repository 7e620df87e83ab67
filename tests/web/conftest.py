"""Logged-in clients, the morning scene, and screens as they will look on another day."""

import re
import sys
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django.utils.html import strip_tags

from tests.cast import MONDAY
from tests.factories.care import make_answer
from tests.factories.findings import make_finding, values_of
from tests.factories.orders import make_contract, make_money, make_order, make_subscription
from tests.web.routes import Things
from tests.web.scene import Scene, scene_once
from wendu.agenda.actions import notify, plan_step
from wendu.bulk.actions import choose
from wendu.bulk.models import Batch, Change
from wendu.customers.actions import define_field, tag_customer
from wendu.exports.actions import ask_for_export
from wendu.handovers.models import Handover
from wendu.identity.models import Holiday
from wendu.imports.actions import keep_file
from wendu.imports.models import ColumnTemplate
from wendu.insights.pairings import write_pairing
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.merges.models import Merge
from wendu.offers.actions import POINT, add_solution, use_solution, write_piece, write_proposal
from wendu.opportunities.models import Opportunity
from wendu.packs.actions import draft_pack
from wendu.saved_views.actions import save_view
from wendu.saved_views.choices import Place
from wendu.touches.actions import QuietDraft, set_quiet_period


@pytest.fixture(autouse=True)
def _nobody_has_asked() -> None:
    """What was asked for in other tests does not count against anybody."""
    cache.clear()


@pytest.fixture
def scene(cast) -> Scene:
    """The morning at Alice's desk, up to now."""
    return scene_once(cast)


@pytest.fixture
def things(cast, scene, settings, tmp_path) -> Things:
    """A thing of Alice's for every address that names one."""
    customer = scene.customers["赤岭建材"]
    quiet = QuietDraft(starts_on=scene.today, ends_on=scene.today, reason="shutdown")
    set_quiet_period(customer=customer, quiet=quiet, actor=cast.alice, at=now())
    tag_customer(customer=customer, name="重点", actor=cast.alice, at=now())
    notify(user=cast.alice, code="heat_missed", at=now(), customer_uuid=customer.uuid)
    Holiday.objects.create(day=scene.today, name="司庆")
    define_field(code="fleet", label_zh="车队", label_en="Fleet", actor=cast.ada, at=now())
    draft_pack(base="standard 1.0.0", actor=cast.ada, at=now())
    plan_step(customer=customer, do="送样", planned_on=scene.today, actor=cast.alice, at=now())
    Job.objects.create(kind="coach.recompute")
    save_view(place=Place.CUSTOMERS, name="要紧的", query="class=A", actor=cast.alice, at=now())
    Job.objects.create(kind="jobs.redeliver", state=JobState.DONE, ended_at=now())  # the worker is alive
    sides = {"leaver": cast.bob, "actor": cast.mona, "takers": {"": cast.alice.pk}}
    choose(deed="tag", picks=[customer.pk], is_all=False, query="", actor=cast.alice, at=now())
    was = {"actor": cast.alice, "deed": "tag", "told": {"tag": "展会"}, "made_at": now(), "begun_at": now()}
    Change.objects.create(batch=Batch.objects.create(**was, done_at=now()), customer=customer, outcome="done")
    two = {"customer": customer, "gone_customer": scene.customers["鹿鸣包装"]}
    Merge.objects.create(**two, kept_name="赤岭建材", gone_name="鹿鸣包装", actor=cast.mona, at=now())
    Handover.objects.create(**sides, begun_at=now(), done_at=now())
    settings.MEDIA_ROOT = tmp_path
    keep_file(kind="customers", name="名单.csv", chunks=["客户名称\n赤岭建材\n".encode()], actor=cast.alice, at=now())
    ask_for_export(kind="customers", query="", columns="all", ending="csv", actor=cast.alice, at=now())
    ColumnTemplate.objects.create(
        kind="customers", name="工厂名录", columns={"厂子": "name"}, made_by=cast.alice, made_at=now()
    )
    solution = add_solution(values={"name": "节能改造"}, actor=cast.ada, at=now())
    write_piece(POINT, solution=solution, values=values_of("solutionpoint"), actor=cast.ada, at=now())
    deal = Opportunity.objects.get(customer=customer)
    use_solution(opportunity=deal, solution=solution, actor=cast.alice, at=now())
    person = scene.contacts["赤岭建材"]
    make_finding(deal, "demand", person, kind="explicit", quote="停一天就交不上", at=now())
    write_proposal(opportunity=deal, language="zh-hans", values={"title": "节能"}, actor=cast.alice, at=now())
    make_money(make_order(customer))
    rule = {"has": "滤芯", "also": "润滑油", "reason": "换滤芯的那天一起换油"}
    write_pairing(values=rule, actor=cast.ada, at=now())
    make_subscription(customer)
    make_contract(customer)
    make_answer(customer)
    return Things(scene)


@pytest.fixture
def enter():
    """Log somebody in: `enter(cast.alice)` gives a client."""

    def opened(user, language: str = "zh-hans") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return opened


@pytest.fixture
def clock(monkeypatch):
    """Turn the clock of every screen: `clock(3)` is three days after the Monday of the tests."""

    def turned(days: int = 0) -> datetime:
        at = MONDAY + timedelta(days=days)
        assert get_resolver().url_patterns  # every view is imported by now
        for name, module in list(sys.modules.items()):
            if name.startswith("wendu.web") and hasattr(module, "now"):
                monkeypatch.setattr(module, "now", lambda: at)
        return at

    return turned


@pytest.fixture
def look(cast, clock, enter):
    """The words of a page as Alice (or `user`) reads it, so many days after the Monday."""

    def seen(where: str, days: int = 0, *, language: str = "zh-hans", user=None) -> str:
        clock(days)
        page = enter(user or cast.alice, language).get(where)
        assert page.status_code == 200
        return re.sub(r"\s+", " ", strip_tags(page.content.decode().split("<main")[1]))

    return seen
