"""From a simulated life to the rows of all its tables, journal entries included."""

# ruff: noqa: PLR0917  the steps of one load hand each other the ids they gave out

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wendu.agenda.models import Step
from wendu.coach.losing import SAID
from wendu.customers.models import Collaborator, Contact, ContactPoint, Customer, Nurture, Tag, Tagging
from wendu.identity.models import User
from wendu.journal.models import Entry
from wendu.kernel.events import is_declared
from wendu.kernel.names import normalise_name
from wendu.opportunities.choices import NoDealCause
from wendu.opportunities.models import Closure, Diagnosis, Influencer, Opportunity, StageMove
from wendu.ops.simulator.facts import DealLife, End, Life, Log, Person, Pledge
from wendu.ops.simulator.sheets import Sheet
from wendu.ops.simulator.words import axis_of, table
from wendu.touches.models import Commitment, IndicatorAnswer, Promise, QuietPeriod, Tail, Touch, TouchContact

DIAGNOSED_FOR_DAYS = 365
CAUSES = {reason.value: cause for cause, reason in SAID.items()}
LIKES = ("爱喝普洱，不喝酒", "周末钓鱼", "跑马拉松", "孩子明年高考")
TABLES = (
    Customer,
    Contact,
    ContactPoint,
    Collaborator,
    Tagging,
    Nurture,
    Opportunity,
    StageMove,
    Closure,
    Diagnosis,
    Influencer,
    Touch,
    TouchContact,
    Commitment,
    Promise,
    Tail,
    IndicatorAnswer,
    QuietPeriod,
    Step,
    Entry,
)


class Ledger:
    """All sheets of a load, and who is who."""

    def __init__(self, reps: list[User], service: list[User], *, at: datetime, zone: str) -> None:
        self.sheets = {model: Sheet(model) for model in TABLES}
        self.reps, self.service = reps, service
        self.at, self.zone = at, ZoneInfo(zone)
        self.tags = {name: Tag.objects.get_or_create(name=name)[0].pk for name in table("names")["tags"]}
        self.customers: dict[int, int] = {}
        self.unnamed: list[tuple[int, int]] = []  # who was brought by one that was not written yet

    def moment(self, day: date, hour: int = 10) -> datetime:
        """When on a day something was written down; never later than now."""
        return min(datetime.combine(day, time(hour), self.zone), self.at)

    def write(self) -> int:
        """Write all tables in the order in which they point at each other."""
        return sum(sheet.write() for sheet in self.sheets.values())

    def name_referrers(self) -> None:
        """Write down who brought those that were written before the one that brought them."""
        for pk, index in self.unnamed:
            Customer.objects.filter(pk=pk).update(referrer_id=self.customers[index])
        self.unnamed.clear()

    def add(self, life: Life) -> int:
        """Keep the rows of one life; gives the id of its customer."""
        owner = self.reps[life.rep]
        pk = self._customer(life, owner)
        contacts = self._contacts(life, pk)
        deals = [self._deal(life, deal, pk, contacts, owner) for deal in life.deals]
        touches = [self._touch(life, log, pk, contacts, deals, owner) for log in life.logs]
        for log, touch in zip(life.logs, touches, strict=True):
            self._problem(life, log, touch, touches, pk, contacts)
        self._rests(life, pk, owner)
        for day, do in life.steps:
            self._step(day, do, pk, owner)
        return pk

    def _customer(self, life: Life, owner: User) -> int:
        created = self.moment(life.created_on, 9)
        pk = self.sheets[Customer].add(
            kind=life.kind,
            market=life.market,
            name=life.name,
            name_key=normalise_name(life.name),
            parent_id=self.customers.get(life.parent) if life.parent is not None else None,
            referrer_id=self.customers.get(life.referrer) if life.referrer is not None else None,
            owner_id=owner.pk,
            team_id=owner.team_id,
            industry=life.industry,
            product_kind=life.product_kind,
            sale_kind=life.sale_kind,
            tier=life.tier,
            province=life.province,
            city=life.city,
            headcount=life.headcount,
            source_text=life.source,
            note=life.note,
            external_id=f"D{life.index:07}",
            custom=life.custom,
            created_at=created,
        )
        self.customers[life.index] = pk
        if life.referrer is not None and life.referrer not in self.customers:
            self.unnamed.append((pk, life.referrer))
        for tag in life.tags:
            self.sheets[Tagging].add(customer_id=pk, tag_id=self.tags[tag])
        for helper in life.collaborators:
            self.sheets[Collaborator].add(customer_id=pk, user_id=self.service[helper].pk, since=created)
        self._entry("customer.created", "customer", pk, pk, owner, created, {"name": life.name, "owner": owner.pk})
        return pk

    def _contacts(self, life: Life, customer: int) -> list[int]:
        created = self.moment(life.created_on, 9)
        return [
            self._contact(person, customer, created, is_main=not position)
            for position, person in enumerate(life.people)
        ]

    def _contact(self, person: Person, customer: int, created: datetime, *, is_main: bool) -> int:
        pk = self.sheets[Contact].add(
            customer_id=customer,
            name=person.name,
            job_title=person.title,
            department=person.department,
            is_main=is_main,
            custom={"likes": LIKES[customer % len(LIKES)]} if is_main and customer % 3 == 0 else {},
            created_at=created,
        )
        self.sheets[ContactPoint].add(
            customer_id=customer, contact_id=pk, kind="mobile", value=person.mobile, written=person.mobile[3:]
        )
        return pk

    def _deal(self, life: Life, deal: DealLife, customer: int, contacts: list[int], owner: User) -> int:
        opened = self.moment(deal.opened_on)
        pk = self.sheets[Opportunity].add(
            customer_id=customer,
            owner_id=owner.pk,
            title=deal.title,
            product=deal.product,
            amount_minor=deal.amount_minor,
            currency="CNY",
            stage=deal.stage,
            opened_on=deal.opened_on,
            expected_on=deal.expected_on,
            note=deal.note,
            custom=_own_of_deal(life),
            created_at=opened,
        )
        self._entry("opportunity.opened", "opportunity", pk, customer, owner, opened, {"title": deal.title})
        stage = "ST1"
        for day, to_stage in deal.moves:
            self.sheets[StageMove].add(
                opportunity_id=pk, from_stage=stage, to_stage=to_stage, moved_on=day, moved_by_id=owner.pk, reason=""
            )
            after = {"from": stage, "stage": to_stage}
            self._entry("opportunity.moved", "opportunity", pk, customer, owner, self.moment(day, 16), after)
            stage = to_stage
        for end in deal.ends:
            closure = self.sheets[Closure].add(
                opportunity_id=pk,
                outcome=end.outcome,
                closed_on=end.on,
                closed_by_id=owner.pk,
                amount_minor=deal.amount_minor,
                reason=end.reason,
                rival=end.rival,
                note=end.note,
                reopened_on=end.reopened_on,
            )
            self._diagnosis(closure, end)
            after = {"outcome": end.outcome, "reason": end.reason}
            self._entry("opportunity.closed", "opportunity", pk, customer, owner, self.moment(end.on, 17), after)
        self._influencers(life, pk, contacts)
        return pk

    def _diagnosis(self, closure: int, end: End) -> None:
        """Losses of the first year came out of an old table; since then each is diagnosed by what the rep was told."""
        if end.outcome != "lost" or (self.at.date() - end.on).days > DIAGNOSED_FOR_DAYS:
            return
        cause = CAUSES[end.reason]
        why = "" if cause is NoDealCause.UNKNOWN else end.note or end.reason
        missing = ["evidence"]
        self.sheets[Diagnosis].add(
            closure_id=closure, cause=cause, found=NoDealCause.UNKNOWN, reasons=[], missing=missing, why=why[:300]
        )

    def _influencers(self, life: Life, deal: int, contacts: list[int]) -> None:
        """Who decides is everybody's boss; who talks to us first is heard by whoever has the problem."""
        known = list(zip(life.people, contacts, strict=True))
        boss = next((contact for person, contact in known if person.is_powerful), None)
        pained = next((contact for person, contact in known if person.is_dissatisfied), None)
        for person, contact in known:
            is_first = person is life.people[0]
            self.sheets[Influencer].add(
                opportunity_id=deal,
                contact_id=contact,
                role=person.role,
                is_receptive=person.is_receptive,
                is_dissatisfied=person.is_dissatisfied,
                is_powerful=person.is_powerful,
                weight=person.weight,
                stance=person.stance,
                access="direct" if is_first else "indirect",
                reports_to_id=boss if boss != contact else None,
                sways_id=pained if is_first and pained not in (boss, contact) else None,
            )

    def _touch(self, life: Life, log: Log, customer: int, contacts: list[int], deals: list[int], owner: User) -> int:
        author = self.service[life.rep % len(self.service)] if log.kind == "service" and self.service else owner
        logged = self.moment(log.on, 18)
        deal = deals[log.deal] if log.deal is not None else None
        pk = self.sheets[Touch].add(
            customer_id=customer,
            opportunity_id=deal,
            author_id=author.pk,
            kind=log.kind,
            touched_on=log.on,
            is_two_way=log.two_way,
            is_proactive=log.proactive,
            outcome=log.outcome,
            refusal=log.refusal,
            objective=log.objective,
            value_note=log.value_note,
            has_news=log.has_news,
            note=log.note,
            emotion_benefit=log.benefit,
            emotion_cost=log.cost,
            guess=log.guess,
            agreed_on=log.agreed_on,
            logged_at=logged,
        )
        for person in log.people:
            self.sheets[TouchContact].add(touch_id=pk, contact_id=contacts[person])
        self._pledge(Commitment, log.commitment, pk, customer, contacts, owner)
        self._pledge(Promise, log.promise, pk, customer, contacts, author)
        self._answers(log, pk, customer, author)
        if log.silence is not None:
            self.sheets[QuietPeriod].add(
                customer_id=customer,
                touch_id=pk,
                starts_on=log.silence.starts_on,
                ends_on=log.silence.ends_on,
                reason=log.silence.reason,
                note=log.silence.note,
                set_on=log.on,
            )
        self._entry("touch.logged", "touch", pk, customer, author, logged, _said(log, deal))
        return pk

    def _answers(self, log: Log, touch: int, customer: int, author: User) -> None:
        for code, (value, shown) in log.answers.items():
            self.sheets[IndicatorAnswer].add(
                customer_id=customer,
                touch_id=touch,
                author_id=author.pk,
                axis=axis_of(code),
                indicator=code,
                value=value,
                evidence=shown,
                answered_on=log.on,
            )

    def _pledge(
        self,
        model: type[Commitment] | type[Promise],
        pledge: Pledge | None,
        touch: int,
        customer: int,
        contacts: list[int],
        author: User,
    ) -> None:
        if pledge is not None:
            self.sheets[model].add(
                customer_id=customer,
                touch_id=touch,
                contact_id=contacts[pledge.person],
                author_id=author.pk,
                what=pledge.what,
                due_on=pledge.due_on,
                state=pledge.state,
                settled_on=pledge.settled_on,
            )

    def _problem(
        self, life: Life, log: Log, touch: int, touches: list[int], customer: int, contacts: list[int]
    ) -> None:
        if log.problem is None:
            return
        closed_in = log.problem.closed_in
        self.sheets[Tail].add(
            customer_id=customer,
            touch_id=touch,
            contact_id=contacts[log.people[0]] if log.people else None,
            what=log.problem.what,
            opened_on=log.on,
            closed_on=life.logs[closed_in].on if closed_in is not None else None,
            closed_in_id=touches[closed_in] if closed_in is not None else None,
        )

    def _rests(self, life: Life, customer: int, owner: User) -> None:
        for rest in life.rests:
            pk = self.sheets[Nurture].add(
                customer_id=customer,
                kind=rest.kind,
                reason=rest.reason,
                note=rest.note,
                began_on=rest.began_on,
                wake_on=rest.wake_on,
                ended_on=rest.ended_on,
                began_by_id=owner.pk,
            )
            verb = "customer.nurtured" if rest.kind == "nurturing" else f"customer.{rest.kind}"
            after = {"nurture": pk, "reason": rest.reason}
            self._entry(verb, "customer", customer, customer, owner, self.moment(rest.began_on, 17), after)

    def _step(self, day: date, do: str, customer: int, owner: User) -> None:
        written = self.at - timedelta(hours=20)
        pk = self.sheets[Step].add(
            user_id=owner.pk,
            subject_kind="customer",
            subject_id=customer,
            customer_id=customer,
            do=do,
            planned_on=day,
            author_id=owner.pk,
            created_at=written,
        )
        self._entry("step.planned", "step", pk, customer, owner, written, {"do": do, "planned_on": day.isoformat()})

    def _entry(
        self, verb: str, kind: str, subject: int, customer: int, actor: User, at: datetime, after: dict[str, Any]
    ) -> None:
        if not is_declared(verb):
            raise LookupError(verb)
        self.sheets[Entry].add(
            verb=verb,
            actor_id=actor.pk,
            at=at,
            door="cli",
            subject_kind=kind,
            subject_id=subject,
            root_kind="customer",
            root_id=customer,
            after=after,
        )


def _own_of_deal(life: Life) -> dict[str, Any]:
    """What the firm keeps of deals in fields of its own: projects are tendered for, plants say how much they add."""
    tendered = {"tender": "open" if life.index % 2 else "asked"} if life.sale_kind == "project" else {}
    added = {"added_kw": life.headcount // 4} if life.headcount else {}
    return {**tendered, **added}


def _said(log: Log, deal: int | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "from_on": log.on.isoformat(),
        "touched_on": log.on.isoformat(),
        "kind": log.kind,
        "outcome": log.outcome,
        "two_way": log.two_way,
        "proactive": log.proactive,
        "opportunity": deal,
        "note": log.note,
        "value_note": log.value_note,
    }
    return {name: value for name, value in said.items() if value not in ("", None)}
