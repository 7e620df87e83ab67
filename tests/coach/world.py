"""A small random world: one customer, what can happen with it, and what stands afterwards."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.factories import lose, make_contact, make_customer, make_opportunity, win
from wendu.coach.models import ClassSpell, DealStanding, Standing
from wendu.customers.actions import begin_nurture, drop_pursuit
from wendu.customers.choices import NurtureReason
from wendu.customers.models import Contact, Customer
from wendu.identity.models import Holiday, User
from wendu.kernel.errors import ActionError
from wendu.opportunities.actions import edit_opportunity
from wendu.opportunities.models import Opportunity
from wendu.playbooks import shipped
from wendu.readings.actions import set_override
from wendu.readings.models import Reading
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    OrderDraft,
    QuietDraft,
    TouchDraft,
    answer_indicators,
    log_touch,
    set_quiet_period,
    undo_touch,
)
from wendu.touches.models import Touch

TODAY = MONDAY.date()
ROWS = (Standing, DealStanding, ClassSpell, Reading)
TOUCHES = ["visit", "phone", "message", "article", "demo"]
DEALS = ["open", "expect", "win", "lose", "order"]
KINDS = [*TOUCHES, *DEALS, "advance", "heat", "undo", "answer", "quiet", "override", "nurture", "drop"]
AHEAD = ["quiet_ahead", "expect_ahead", "override", "nurture"]
LIVES = [
    [(40, "visit"), (20, "answer"), (3, "phone")],
    [(60, "open"), (30, "heat")],
    [(10, "answer"), (9, "override")],
    [(80, "visit"), (70, "lose")],
    [(25, "heat"), (5, "win")],
    [(15, "message"), (12, "nurture")],
    [(33, "demo"), (8, "quiet")],
]
"""Seven customers who stand as differently as may be."""


def touch(customer: Customer, actor: User, on: date = TODAY, *, at: datetime = MONDAY, **details) -> Touch:
    """Log a touch; a visit unless told."""
    draft = TouchDraft(kind=details.pop("kind", "visit"), touched_on=on, **details)
    return log_touch(customer=customer, actor=actor, at=at, draft=draft)


def answers(willingness: int, need: int) -> list[AnswerDraft]:
    """All ten questions answered, each axis with one value."""
    scores = {"willingness": willingness, "need": need}
    return [AnswerDraft(axis=item.axis, indicator=item.code, value=scores[item.axis]) for item in shipped().indicators]


@dataclass
class World:
    """One customer, and what can happen with it."""

    customer: Customer
    actor: User
    contact: Contact
    deals: list[Opportunity] = field(default_factory=list)

    @classmethod
    def of(cls, actor: User, **details: str) -> "World":
        customer = make_customer(actor, **details)
        return cls(customer, actor, make_contact(customer))

    def live(self, events: list[tuple[int, str]]) -> None:
        """Let things happen some days ago, in the order told; what the house refuses does not happen."""
        for days, kind in events:
            self.customer.refresh_from_db()
            try:
                with transaction.atomic():
                    getattr(self, kind, partial(self.meet, kind))(TODAY - timedelta(days=days))
            except ActionError:
                continue

    def meet(self, kind: str, on: date) -> None:
        touch(self.customer, self.actor, on, kind=kind)

    def undo(self, _on: date) -> None:
        if earliest := Touch.objects.standing().filter(customer=self.customer).order_by("pk").first():
            undo_touch(touch=earliest, actor=self.actor, at=MONDAY)

    def open(self, on: date) -> None:
        self.deals.append(make_opportunity(self.customer, opened_on=on))

    def expect(self, on: date) -> None:
        """Say when the latest deal should sign."""
        if self.deals:
            deal = self.deals[-1]
            deal.refresh_from_db()
            edit_opportunity(opportunity=deal, changes={"expected_on": on}, actor=self.actor, at=MONDAY)

    def expect_ahead(self, on: date) -> None:
        self.expect(TODAY + (TODAY - on))

    def order(self, on: date) -> None:
        """An order that no open deal stands for."""
        touch(self.customer, self.actor, on, kind="phone", outcome="order", order=OrderDraft(title="周单"))

    def win(self, on: date) -> None:
        if self.deals:
            win(self.deals[-1], on)

    def lose(self, on: date) -> None:
        if self.deals:
            lose(self.deals[-1], on)

    def answer(self, on: date) -> None:
        drafts = [
            AnswerDraft(axis=item.axis, indicator=item.code, value=index % 3)
            for index, item in enumerate(shipped().indicators)
        ]
        answer_indicators(customer=self.customer, answers=drafts, actor=self.actor, at=MONDAY, on=on)

    def quiet(self, on: date) -> None:
        quiet = QuietDraft(starts_on=on, ends_on=on + timedelta(days=6), reason="tender")
        set_quiet_period(customer=self.customer, quiet=quiet, actor=self.actor, at=MONDAY)

    def quiet_ahead(self, on: date) -> None:
        self.quiet(TODAY + (TODAY - on))

    def override(self, _on: date) -> None:
        set_override(
            subject=self.customer, code="quadrant", value="A", reason="he said so", actor=self.actor, at=MONDAY
        )

    def nurture(self, on: date) -> None:
        wake_on = TODAY + (TODAY - on) + timedelta(days=1)
        begin_nurture(customer=self.customer, reason=NurtureReason.TIMING, wake_on=wake_on, actor=self.actor, at=MONDAY)

    def drop(self, _on: date) -> None:
        drop_pursuit(customer=self.customer, reason=NurtureReason.TIMING, actor=self.actor, at=MONDAY)

    def advance(self, on: date, kind: str = "visit") -> None:
        """The customer promises to do something within five days."""
        agreed = CommitmentDraft(contact_id=self.contact.pk, what="看样板站", due_on=on + timedelta(days=5))
        touch(
            self.customer,
            self.actor,
            on,
            kind=kind,
            outcome="advance",
            commitment=agreed,
            value_note="省 11 万",
            contact_ids=(self.contact.pk,),
        )

    def heat(self, on: date) -> None:
        """A run of demonstrations with advances, enough to boil."""
        if not self.deals:
            self.open(on - timedelta(days=12))
        for days in (8, 6, 4, 2, 0):
            self.advance(on - timedelta(days=days), "demo")


def histories(*, most: int = 8, longest: int = 90) -> st.SearchStrategy[list[tuple[int, str]]]:
    """What happened so many days ago, in any order, and what is known of the days to come."""
    past = st.tuples(st.integers(0, longest), st.sampled_from(KINDS))
    ahead = st.tuples(st.integers(1, 40), st.sampled_from(AHEAD))
    return st.lists(past | past | past | ahead, min_size=1, max_size=most)


def stop_clocks(*days: int) -> None:
    """Make days counted from today holidays."""
    Holiday.objects.bulk_create(Holiday(day=TODAY + timedelta(days=n), name="休") for n in days)


def stands(*models) -> list[list[dict]]:
    """All rows of what stands, without their row numbers."""
    return [
        [
            {name: value for name, value in row.items() if name not in ("id", "folded")}
            for row in model.objects.order_by("pk").values()
        ]
        for model in models or ROWS
    ]
