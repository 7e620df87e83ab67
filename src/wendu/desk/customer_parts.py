"""The parts of the customer page: people, deals, what was agreed, the ten questions, hands and own fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wendu.access.masking import may_see_contact_points, shown_values
from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding
from wendu.customers.models import Contact, ContactPoint, Customer, CustomField
from wendu.customers.queries import contacts_of, points_of, standing_fields
from wendu.desk.table.own_fields import own_label, own_words
from wendu.desk.wording import lang, reason_words, screen_band
from wendu.identity.models import User
from wendu.kernel.entity import kind_of
from wendu.method.codes import Axis
from wendu.method.view import CustomerView, DealView
from wendu.opportunities.models import Opportunity
from wendu.opportunities.queries import DealCard, deal_cards, opportunities_of
from wendu.touches.choices import Answer
from wendu.touches.models import IndicatorAnswer, Touch

PHONES = ("mobile", "phone")


@dataclass(frozen=True, slots=True)
class Person:
    """A contact and how to reach it, as this reader may see it."""

    contact: Contact
    roles: str
    points: list[tuple[str, str, int]]
    phone: str
    email: str
    own: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DealRow:
    """An opportunity with its own heat and strike."""

    card: DealCard
    heat: float | None
    band: str
    strike: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.card.is_open


@dataclass(frozen=True, slots=True)
class Question:
    """One of the ten questions with what stands as its answer."""

    code: str
    axis: str
    axis_words: str
    question: str
    ask: str
    value: int | None
    words: str
    evidence: str
    answered_on: date | None
    is_stale: bool


def people(
    user: User, customer: Customer, cards: list[DealCard], fields: Iterable[CustomField] = ()
) -> tuple[list[Person], list[tuple[str, str, int]]]:
    """The people of a customer, with what is known of these fields, and the numbers of the customer itself.

    Numbers are masked for those who may not read them.
    """
    clear = may_see_contact_points(user, customer)
    roles: dict[int, str] = {}
    for card in cards:
        for influencer in card.influencers:
            roles.setdefault(influencer.contact_id, str(influencer.get_role_display()))
    rows = [_person(contact, roles.get(contact.pk, ""), fields, clear=clear) for contact in contacts_of(user, customer)]
    return rows, _points(points_of(user, customer), clear=clear)


def deal_rows(user: User, customer: Customer, seen: CustomerView) -> list[DealRow]:
    """All opportunities, the open ones first."""
    cards = deal_cards(opportunities_of(user, customer))
    views = {deal.facts.deal: deal for deal in seen.deals}
    rows = [deal_row(card, views.get(card.opportunity.pk)) for card in cards]
    return sorted(rows, key=lambda row: (not row.is_open, -(row.heat or 0.0), -row.card.opportunity.pk))


def deal_row(card: DealCard, seen: DealView | None) -> DealRow:
    """One opportunity as the method sees it; a closed one has no heat to show."""
    if seen is None or not card.is_open or not isinstance(seen.heat.value, float | int):
        return DealRow(card, None, "", "")
    strike = reason_words(seen.strike.reasons[0]) if seen.strike.reasons else ""
    return DealRow(card, float(seen.heat.value), screen_band(seen.heat.band), strike)


def listed_deal(card: DealCard, standing: DealStanding | None, heat: float | None, band: str) -> DealRow:
    """One opportunity of a list, from the row the coach keeps."""
    strike = ""
    if standing is not None and standing.strike_since is not None:
        strike = _("strike since %(day)s") % {"day": f"{standing.strike_since:%m-%d}"}
    return DealRow(card, heat, band, strike)


def questions(user: User, customer: Customer, frame: Frame) -> list[Question]:
    """The ten questions in the playbook's order, with the latest answer, its evidence, and whether it is stale."""
    latest: dict[str, IndicatorAnswer] = {}
    for row in _answers(user, customer.pk):
        latest[row.indicator] = row
    after, tongue = frame.scale.quadrant.stale_after_days, lang()
    return [
        Question(
            code=asked.code,
            axis=asked.axis.value,
            axis_words=_("Willingness") if asked.axis is Axis.WILLINGNESS else _("Need"),
            question=asked.question.of(tongue),
            ask=(asked.ask_b2c if customer.market == "b2c" else asked.ask).of(tongue),
            value=latest[asked.code].value if asked.code in latest else None,
            words=str(Answer(latest[asked.code].value).label) if asked.code in latest else _("not asked yet"),
            evidence=latest[asked.code].evidence if asked.code in latest else "",
            answered_on=latest[asked.code].answered_on if asked.code in latest else None,
            is_stale=asked.code in latest and (frame.today - latest[asked.code].answered_on).days > after,
        )
        for asked in frame.playbook.indicators
    ]


def latest_guess(user: User, customer: Customer) -> Touch | None:
    """The latest own feel of the temperature somebody wrote down."""
    return next(iter(_guesses(user, customer.pk)), None)


@prepared_records
def _guesses(me: Scope, customer_id: int) -> QuerySet[Touch]:
    rows = Touch.objects.visible_to(me).standing().filter(customer_id=customer_id, guess__isnull=False)
    return rows.select_related("author").order_by("-touched_on", "-pk")[:1]


@prepared_records
def _answers(me: Scope, customer_id: int) -> QuerySet[IndicatorAnswer]:
    rows = IndicatorAnswer.objects.visible_to(me).standing().filter(customer_id=customer_id)
    return rows.order_by("answered_on", "pk")


def own_fields(
    thing: Customer | Contact | Opportunity, fields: Iterable[CustomField] | None = None
) -> list[tuple[CustomField, str, str, Any]]:
    """The company's own fields of a thing: the field, its label, its value in words, and the value kept."""
    known = standing_fields(kind_of(thing)) if fields is None else fields
    values = thing.custom
    return [
        (field, own_label(field), own_words(field, values.get(field.code)), values.get(field.code)) for field in known
    ]


def _person(contact: Contact, role: str, fields: Iterable[CustomField], *, clear: bool) -> Person:
    points = list(contact.contact_points.all())
    reach = {point.kind: point.value for point in points} if clear else {}
    return Person(
        contact=contact,
        roles=" · ".join(part for part in (contact.job_title, contact.department, role) if part),
        points=_points(points, clear=clear),
        phone="" if contact.do_not_contact else next((reach[kind] for kind in PHONES if kind in reach), ""),
        email="" if contact.do_not_contact else reach.get("email", ""),
        own=[(label, words) for _field, label, words, _kept in own_fields(contact, fields) if words],
    )


def _points(points: list[ContactPoint], *, clear: bool) -> list[tuple[str, str, int]]:
    shown = shown_values([point.value for point in points], clear=clear)
    return [(str(point.get_kind_display()), text, point.pk) for point, text in zip(points, shown, strict=True)]
