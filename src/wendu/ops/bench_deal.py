"""A tender as large as they come: thirty people decide, three hundred touches, sixty benefit cards, and the rest of it.

Written by the table, as a file would bring it in; the deal itself is opened as anybody opens one.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.customers.models import Contact, Customer
from wendu.discovery.choices import ThreePeople
from wendu.discovery.models import Criterion, Demand, Effect, TrustRating
from wendu.identity.models import User
from wendu.offers.choices import InterestKind, MessageKind
from wendu.offers.models import BenefitCard, Competitor, Concern, DealSheet, Interest, ValueMessage, Worth
from wendu.opportunities.actions import open_opportunity
from wendu.opportunities.choices import InfluencerRole
from wendu.opportunities.models import Influencer, Opportunity
from wendu.ops.simulator.sheets import Sheet, settle_sequences
from wendu.touches.models import Promise, Touch, TouchContact

TITLE, PEOPLE, TOUCHES, CARDS = "二期产线能源总包", 30, 300, 60
ROLES = ("decision_maker", "approver", "technical", "purchaser", "initiator", "coach")
TABLES: tuple[type[Model], ...] = (
    Contact, Influencer, Demand, TrustRating, Interest, BenefitCard, ValueMessage, Concern, Effect, Criterion,
    Competitor, Worth, DealSheet, Touch, TouchContact, Promise,
)  # fmt: skip


def the_big_deal(owner: User, at: datetime) -> Opportunity:
    """The large deal of a person's latest customer, made when it is first asked for."""
    known = Opportunity.objects.filter(owner=owner, title=TITLE, deleted_at__isnull=True).first()
    if known is not None:
        return known
    customer = Customer.objects.filter(owner=owner, deleted_at__isnull=True).order_by("-pk")[0]
    return big_deal(customer, owner, at)


def big_deal(
    customer: Customer, owner: User, at: datetime, *, people: int = PEOPLE, touches: int = TOUCHES, cards: int = CARDS
) -> Opportunity:
    """Open a deal at a customer and write down everything that can be known about one."""
    frame = Frame.at(at)
    opened_on, details = frame.today - timedelta(days=touches), {"amount_minor": 480_000_000}
    with transaction.atomic():
        deal = open_opportunity(
            customer=customer, title=TITLE, owner=owner, opened_on=opened_on, actor=owner, at=at, details=details
        )
        _Writing(deal, frame, at).all(people, touches, cards)
        settle_sequences(TABLES)
        judge_many([customer.pk], frame=frame, at=at)
    return deal


class _Writing:
    """What is written about one deal, a sheet per table."""

    def __init__(self, deal: Opportunity, frame: Frame, at: datetime) -> None:
        self.deal, self.today, self.at = deal, frame.today, at
        self.sheets = {table: Sheet(table) for table in TABLES}
        self.people: list[int] = []

    def all(self, people: int, touches: int, cards: int) -> None:
        """Whatever can be known, then into the tables in the order in which they lean on each other."""
        contacts = [self._person(number) for number in range(people)]
        needs = [self._told_by(contact, number) for number, contact in enumerate(contacts)]
        kinds = InterestKind.values
        for number in range(cards):
            who = contacts[number % people]
            self._find(
                BenefitCard,
                contact_id=who,
                demand_id=needs[number % people],
                interest=kinds[number % len(kinds)],
                feature=f"联控方案第 {number} 点",
                benefit="少停一天",
                evidence="同行半年电费单" if number % 3 else "",
                shown_on=self.today,
            )
        self._business()
        for number in range(touches):
            self._touch(number, contacts[number % people], touches)
        for sheet in self.sheets.values():
            sheet.write()

    def _person(self, number: int) -> int:
        contact = self.sheets[Contact].add(
            customer_id=self.deal.customer_id,
            name=f"评委{number:02d}",
            job_title="工程师",
            department=f"{number % 7} 部",
            created_at=self.at,
        )
        self.sheets[Influencer].add(
            opportunity_id=self.deal.pk,
            contact_id=contact,
            role=ROLES[number % len(ROLES)] if number < len(ROLES) else InfluencerRole.USER,
            is_receptive=number % 3 == 0,
            is_dissatisfied=number % 4 == 1,
            is_powerful=number % 5 == 2,  # noqa: PLR2004  a fifth of them decides
            weight=1 + number % 5,
            stance=number % 5 - 2,
            access="direct" if number % 2 else "none",
            reports_to_id=self.people[(number - 1) // 3] if number else None,  # three report to each
            sways_id=self.people[0] if number else None,
        )
        self.people.append(contact)
        return contact

    def _told_by(self, contact: int, number: int) -> int:
        need = self._find(
            Demand,
            contact_id=contact,
            requirement=f"换机不停产 {number}",
            need="交货不误",
            motive="年底考核",
            kind="explicit",
            quote="停一天就误一船货",
            confirmed_on=self.today if number % 3 else None,
            fit=8,
            capability="yes",
        )
        self._find(TrustRating, contact_id=contact, rated_on=self.today, credibility=8, reliability=7, intimacy=5,
                   self_orientation=3)  # fmt: skip
        for place, interest in enumerate(InterestKind.values):
            self._find(Interest, contact_id=contact, interest=interest, importance=1 + (number + place) % 5)
        for place, message in enumerate(MessageKind.values):
            is_heard = (number + place) % 2 == 0
            self._find(
                ValueMessage,
                contact_id=contact,
                message=message,
                said_on=self.today,
                state="acknowledged" if is_heard else "sent",
                words="你们能做到" if is_heard else "",
            )
        if number % 3 == 0:
            self._find(Concern, contact_id=contact, kind="change", severity=1 + number % 5, what=f"停机误交货 {number}",
                       raised_on=self.today)  # fmt: skip
        return need

    def _business(self) -> None:
        for kind in ThreePeople.values:
            self._find(Effect, people=kind, problem="夜里白跑", solution="联控", save_minor=31_000_000)
        for number, name in enumerate(("价格", "不停产", "售后", "业绩")):
            self._find(Criterion, name=name, weight=5 - number, ours=7, rivals={"海川": 6 + number % 2, "金辉": 5})
        parts: dict[str, Any] = {
            f"{part}_minor": 10_000_000
            for part in ("product", "service", "personnel", "image", "money", "time", "energy", "worry")
        }
        for rival in ("", "海川", "金辉"):
            self._find(Worth, rival=rival, price_minor=470_000_000, cost_minor=None if rival else 300_000_000, **parts)
        for rival in ("海川", "金辉"):
            self._find(Competitor, name=rival, strength="便宜", weakness="夜里没人", counter="把夜班算进去")
        self._find(DealSheet, strategy="从设备部进去")

    def _touch(self, number: int, contact: int, touches: int) -> None:
        day = self.today - timedelta(days=touches - number)
        touch = self.sheets[Touch].add(
            customer_id=self.deal.customer_id,
            opportunity_id=self.deal.pk,
            author_id=self.deal.owner_id,
            kind=("visit", "phone", "demo")[number % 3],
            touched_on=day,
            outcome=("advance", "continuation", "none")[number % 3],
            objective="约下一次" if number % 2 else "",
            note="问了近况，设备正常。",
            logged_at=self.at,
        )
        self.sheets[TouchContact].add(touch_id=touch, contact_id=contact)
        if number % 5 == 0:
            is_kept = number % 2 == 0
            self.sheets[Promise].add(
                customer_id=self.deal.customer_id,
                touch_id=touch,
                contact_id=contact,
                author_id=self.deal.owner_id,
                what="同行的用电对比",
                due_on=day + timedelta(days=7),
                state="kept" if is_kept else "open",
                settled_on=day + timedelta(days=5) if is_kept else None,
            )

    def _find(self, table: type[Model], **values: Any) -> int:
        return self.sheets[table].add(
            opportunity_id=self.deal.pk, author_id=self.deal.owner_id, written_at=self.at, **values
        )
