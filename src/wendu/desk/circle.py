"""Who brought a customer, and whom it brought, as far as the reader sees them (method: 3.29, M13)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.access.verbs import can
from wendu.care.facts import percent_of, satisfactions_of
from wendu.coach.frame import Frame
from wendu.customers.models import Customer, CustomerQuerySet
from wendu.customers.queries import contacts_of, referrals_to
from wendu.desk.wording import reason_words
from wendu.identity.models import User
from wendu.insights.models import Score, ScoreQuerySet
from wendu.insights.queries import score_of_customer
from wendu.kernel.prepared import Among
from wendu.method.lifecycle import Lifecycle
from wendu.method.reading import Reading
from wendu.method.referrals import Trees, referral_ask
from wendu.touches.facts import open_tail_counts

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One customer of the tree: how far down it stands, through whom it came, and what it ordered so far."""

    uuid: UUID
    name: str
    steps: int
    person: str
    revenue_minor: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything the card shows; amounts in the house's currency, revenue of orders."""

    currency: str
    rows: tuple[Row, ...]
    more: int
    is_told: bool
    is_unseen: bool
    brought: int
    brought_minor: int
    credited_minor: int
    downstream_minor: int
    may_edit: bool
    ask: str
    ask_because: str

    @property
    def by(self) -> Row | None:
        """Who brought it, where the reader sees that one."""
        return next((above for above, row in pairwise(self.rows) if row.is_here), None)


def circle_of(user: User, customer: Customer, at: datetime) -> Circle:
    """Read the tree a visible customer stands in: who brought it, up to the first, and all below (seven queries)."""
    frame, trees = Frame.at(at), Trees(referrals_to(user))
    above, below = trees.above(customer.pk)[::-1], trees.below(customer.pk)
    places = {pk: steps for steps, pk in enumerate((*above, customer.pk))}
    places |= {row.customer: len(above) + row.steps for row in below}
    found = {row.pk: row for row in _customers(user, list(places))}
    revenue = {row.pk: row.revenue_minor for row in _scores(user, list(places))}
    shown = [pk for pk in places if pk in found][: len(above) + 1 + SHOWN]
    scale = frame.scale.lifetime
    asked = _ask(user, customer, frame)
    under = {pk: amount for pk, amount in revenue.items() if pk not in above}
    return Circle(
        currency=frame.currency,
        rows=tuple(_row(found[pk], steps, revenue.get(pk, 0), customer) for pk in shown for steps in (places[pk],)),
        more=len(places) - len(shown),
        is_told=customer.referrer_id is not None,
        is_unseen=customer.referrer_id is not None and not above,
        brought=len(below),
        brought_minor=sum(revenue.get(row.customer, 0) for row in below),
        credited_minor=_kept(trees, customer.pk, under, scale.referral_share),
        downstream_minor=round(trees.downstream(under, scale.downstream_share).get(customer.pk, 0.0)),
        may_edit=can(user, "customer.edit", customer),
        ask=asked.band,
        ask_because=reason_words(asked.reasons[0]),
    )


def _ask(user: User, customer: Customer, frame: Frame) -> Reading:
    """Whether to ask for a referral."""
    score = next(iter(score_of_customer(user, customer.pk)), None)
    there = [each for each in contacts_of(user, customer) if each.left_on is None]
    content = satisfactions_of([customer.pk], on=frame.today, scale=frame.scale.satisfaction)
    return referral_ask(
        market=customer.market,
        stage=score.stage if score is not None else Lifecycle.INTRODUCTION,
        open_problems=open_tail_counts([customer.pk], as_of=frame.today).get(customer.pk, 0),
        satisfaction=percent_of(content, customer.pk),
        satisfied_from=frame.scale.satisfaction.satisfied_from,
        refuses=bool(there) and all(each.do_not_contact for each in there),
    )


def _kept(trees: Trees, customer: int, own: dict[int, int], share: float) -> int:
    """What is credited to one: of the whole tree below it, less what it hands on itself."""
    return trees.credited(own, share).get(customer, 0)


def _row(customer: Customer, steps: int, revenue: int, here: Customer) -> Row:
    by = customer.referrer_contact
    return Row(customer.uuid, customer.name, steps, by.name if by else "", revenue, customer.pk == here.pk)


@prepared_records
def _customers(me: Scope, customer_ids: Collection[int]) -> CustomerQuerySet:
    rows = Customer.objects.visible_to(me).filter(Among("pk", customer_ids))
    return rows.select_related("referrer_contact")


@prepared_records
def _scores(me: Scope, customer_ids: Collection[int]) -> ScoreQuerySet:
    return Score.objects.visible_to(me).filter(Among("pk", customer_ids))
