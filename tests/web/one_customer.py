"""A customer of Alice with people, deals and a history, seen through the web door."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import make_finding, make_plan
from tests.factories.quotes import make_quote
from tests.kept import made_once
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.opportunities.choices import InfluencerRole
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    PromiseDraft,
    QuietDraft,
    TailDraft,
    TouchDraft,
    log_touch,
)


def today() -> date:
    return Organisation.objects.current().today(now())


def early() -> datetime:
    day = today() - timedelta(days=80)
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


class Story:
    """Alice's customer with everything that can hang on one."""

    def __init__(self, cast):
        self.cast = cast
        owner = cast.alice
        self.customer = make_customer(
            owner, "桐溪注塑", at=early(), industry="manufacturing", city="苏州", headcount=320
        )
        self.he = make_contact(
            self.customer, "顾明舒", at=early(), points=[("mobile", "13800138000")], job_title="生产总监"
        )
        self.she = make_contact(self.customer, "叶青", at=early(), job_title="设备工程师")
        self.deal = make_opportunity(
            self.customer,
            "空压站节能改造",
            opened_on=early().date(),
            at=early(),
            amount_minor=96_000_000,
            product="空压机",
        )
        make_influencer(self.deal, self.he, InfluencerRole.DECISION_MAKER, is_powerful=True, weight=5, stance=1)
        self.demand = make_finding(self.deal, "demand", self.he)
        self.plan = make_plan(self.deal, self.he)
        self.quote = make_quote(self.deal, ("空压机", 96_000_000), at=now())
        self.line = self.quote.lines.get()
        self.touches = []
        self.log("visit", 70, contact_ids=(self.he.pk,), tails=(TailDraft(what="停机两天会误了年底交货"),))
        self.log("phone", 60, contact_ids=(self.she.pk,), note="约了看样板站", emotion_benefit=8, emotion_cost=2)
        self.log(
            "online_meeting",
            30,
            contact_ids=(self.he.pk, self.she.pk),
            answers=tuple(AnswerDraft(axis=axis, indicator=code, value=2) for axis, code in QUESTIONS),
            guess=90,
        )
        self.log(
            "care",
            25,
            quiet=QuietDraft(
                starts_on=today() - timedelta(days=24), ends_on=today() - timedelta(days=20), reason="shutdown"
            ),
        )
        self.log(
            "demo",
            8,
            contact_ids=(self.he.pk,),
            outcome="advance",
            opportunity_id=self.deal.pk,
            value_note="算清了三台老机的电费",
            commitment=CommitmentDraft(
                contact_id=self.he.pk, what="给三台机开机时长", due_on=today() - timedelta(days=1)
            ),
            promises=(PromiseDraft(what="两家同行的用电对比", due_on=today()),),
        )

    def log(self, kind, days_ago, **fields):
        draft = TouchDraft(kind=kind, touched_on=today() - timedelta(days=days_ago), **fields)
        touch = log_touch(customer=self.customer, actor=self.cast.alice, at=now(), draft=draft)
        self.touches.append(touch)
        return touch

    @property
    def new_url(self):
        return f"/touches/new/?customer={self.customer.uuid}"

    @property
    def page_url(self):
        return f"/customers/{self.customer.uuid}/"

    @property
    def quote_url(self):
        return f"/quotes/{self.quote.uuid}/"

    @property
    def deal_url(self):
        return f"/opportunities/{self.deal.uuid}/"


def _questions():
    from wendu.playbooks import shipped

    return [(row.axis.value, row.code) for row in shipped("standard").indicators][:8]


QUESTIONS = _questions()
HTMX = {"HTTP_HX_REQUEST": "true"}


def story_once(cast: Cast) -> Story:
    """Her customer, made once per process, with the cast the test speaks of."""
    told = made_once(("story", cast.known_by, today()), lambda: Story(cast))
    told.cast = cast
    return told


@pytest.fixture
def story(cast):
    return story_once(cast)


@pytest.fixture
def alice(story, client):
    client.force_login(story.cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def sent(**fields):
    """What the form sends for the common touch."""
    lines = {f"{name}-{what}": "0" for name in ("promises", "tails") for what in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {"kind": "phone", "outcome": "none", "touched_on": today().isoformat(), **lines, **fields}
