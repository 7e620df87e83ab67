"""Findings about what we put before the people of a deal, how it was taken, and what is exchanged."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from wendu.offers.choices import (
    ConcernKind,
    ConcernState,
    EvidenceKind,
    InterestKind,
    MessageKind,
    MessageState,
    ProposalLanguage,
    ResponseKind,
)
from wendu.offers.models.library import Solution, SolutionPoint
from wendu.opportunities.models import Finding, FindingOfPerson, FindingQuerySet, numbered

STANDING = Q(removed_at__isnull=True)
VALUES = ("product_minor", "service_minor", "personnel_minor", "image_minor")
EFFORTS = ("money_minor", "time_minor", "energy_minor", "worry_minor")
POINT_VALUES = ("product_points", "service_points", "personnel_points", "image_points")
POINT_EFFORTS = ("time_points", "energy_points", "worry_points")
POINT_PRICE = "money_points"
POINTS = (*POINT_VALUES, POINT_PRICE, *POINT_EFFORTS)
FIGURES = ("expected", "promised", "typical", "best")
SECTIONS = ("situation", "needs", "solution", "benefits", "evidence", "implementation", "price", "next_step")


def _no_points_above(most: int) -> Q:
    """Every part told in points at most so many, or unknown."""
    known = Q()
    for name in POINTS:
        known &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": most})
    return known


def figure(help_text: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """A number of whatever unit, or nobody knows it."""
    return models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text=help_text)


class Interest(FindingOfPerson):
    """How much one person cares about one interest, 1 to 5."""

    interest = models.CharField(max_length=20, choices=InterestKind)
    importance = models.PositiveSmallIntegerField(default=3)

    objects = FindingQuerySet["Interest"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("interest"),
            models.UniqueConstraint(
                fields=["opportunity", "contact", "interest"], condition=STANDING, name="interest_once"
            ),
            models.CheckConstraint(condition=Q(importance__gte=1, importance__lte=5), name="interest_1_to_5"),
        ]


class BenefitCard(Finding):
    """Feature, advantage, benefit, evidence: for one person or for everybody, and for which interest."""

    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, blank=True, related_name="benefit_cards"
    )
    demand = models.ForeignKey("discovery.Demand", models.SET_NULL, null=True, blank=True, related_name="benefit_cards")
    interest = models.CharField(max_length=20, choices=InterestKind)
    feature = models.CharField(max_length=200)
    advantage = models.CharField(max_length=200, blank=True, default="")
    benefit = models.CharField(max_length=200, blank=True, default="")
    evidence_kind = models.CharField(max_length=12, choices=EvidenceKind, blank=True, default="")
    evidence = models.CharField(max_length=300, blank=True, default="")
    shown_on = models.DateField(null=True, blank=True)
    point = models.ForeignKey(SolutionPoint, models.SET_NULL, null=True, blank=True, related_name="cards")

    objects = FindingQuerySet["BenefitCard"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("benefitcard"),
            models.CheckConstraint(condition=~Q(feature=""), name="benefitcard_has_a_feature"),
        ]


class ValueMessage(FindingOfPerson):
    """One of three messages to one person: said, or acknowledged in the person's own words."""

    message = models.CharField(max_length=14, choices=MessageKind)
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.SENT)
    said_on = models.DateField()
    words = models.CharField(max_length=300, blank=True, default="", help_text="how they put it themselves")

    objects = FindingQuerySet["ValueMessage"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("valuemessage"),
            models.UniqueConstraint(
                fields=["opportunity", "contact", "message"], condition=STANDING, name="valuemessage_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="acknowledged") | ~Q(words=""), name="valuemessage_in_their_words"
            ),
        ]


class Concern(Finding):
    """What somebody fears would follow from deciding, how bad it would be, and how it is answered."""

    contact = models.ForeignKey("customers.Contact", models.CASCADE, null=True, blank=True, related_name="concerns")
    kind = models.CharField(max_length=10, choices=ConcernKind)
    severity = models.PositiveSmallIntegerField(default=3)
    what = models.CharField(max_length=300)
    raised_on = models.DateField()
    state = models.CharField(max_length=10, choices=ConcernState, default=ConcernState.OPEN)
    response_kind = models.CharField(max_length=16, choices=ResponseKind, blank=True, default="")
    answer = models.CharField(max_length=300, blank=True, default="")
    settled_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True, default="", help_text="how they said that it is settled")

    objects = FindingQuerySet["Concern"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("concern"),
            models.CheckConstraint(condition=~Q(what=""), name="concern_says_what"),
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=5), name="concern_severity_1_to_5"),
            models.CheckConstraint(condition=~Q(state="resolved") | ~Q(words=""), name="concern_resolved_by_customer"),
        ]


class Worth(Finding):
    """What one supplier is worth to the customer and costs him, in minor units; without a rival's name it is us.

    Where nobody knows the money, the same parts as they weigh to the customer, in points of 0 to 10.
    """

    rival = models.CharField(max_length=120, blank=True, default="")
    product_minor = models.BigIntegerField(null=True, blank=True)
    service_minor = models.BigIntegerField(null=True, blank=True)
    personnel_minor = models.BigIntegerField(null=True, blank=True)
    image_minor = models.BigIntegerField(null=True, blank=True)
    money_minor = models.BigIntegerField(null=True, blank=True, help_text="costs of theirs beside the price")
    time_minor = models.BigIntegerField(null=True, blank=True)
    energy_minor = models.BigIntegerField(null=True, blank=True)
    worry_minor = models.BigIntegerField(null=True, blank=True)
    price_minor = models.BigIntegerField(null=True, blank=True)
    cost_minor = models.BigIntegerField(null=True, blank=True, help_text="what serving them costs us")
    product_points = models.PositiveSmallIntegerField(null=True, blank=True)
    service_points = models.PositiveSmallIntegerField(null=True, blank=True)
    personnel_points = models.PositiveSmallIntegerField(null=True, blank=True)
    image_points = models.PositiveSmallIntegerField(null=True, blank=True)
    money_points = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the price and other money")
    time_points = models.PositiveSmallIntegerField(null=True, blank=True)
    energy_points = models.PositiveSmallIntegerField(null=True, blank=True)
    worry_points = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True, default="", help_text="who says so")

    objects = FindingQuerySet["Worth"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("worth"),
            models.UniqueConstraint(fields=["opportunity", "rival"], condition=STANDING, name="worth_once"),
            models.CheckConstraint(condition=_no_points_above(10), name="worth_points_0_to_10"),
        ]


class Competitor(Finding):
    """Who else is in it: what speaks for them and against them, who there wants them, and how we answer."""

    name = models.CharField(max_length=120)
    strength = models.CharField(max_length=300, blank=True, default="")
    weakness = models.CharField(max_length=300, blank=True, default="")
    contact = models.ForeignKey(
        "customers.Contact",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="favourites",
        help_text="who wants them",
    )
    counter = models.CharField(
        max_length=300, blank=True, default="", help_text="how we answer, in the customer's interest"
    )

    objects = FindingQuerySet["Competitor"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("competitor"),
            models.UniqueConstraint(fields=["opportunity", "name"], condition=STANDING, name="competitor_once"),
            models.CheckConstraint(condition=~Q(name=""), name="competitor_has_a_name"),
        ]


class Expectation(Finding):
    """One thing they expect of us: the number they count on, what we reach, and the four steps to it (method: 3.22)."""

    goal = models.CharField(max_length=200)
    demand = models.ForeignKey("discovery.Demand", models.SET_NULL, null=True, blank=True, related_name="expectations")
    source = models.CharField(max_length=60, blank=True, default="", help_text="the finding it was filled from")
    expected = figure("the number they count on")
    unit = models.CharField(max_length=20, blank=True, default="")
    due_on = models.DateField(null=True, blank=True)
    promised = figure("the number we promised")
    typical = figure("what half of our customers reach")
    best = figure("what one in ten of our customers reaches")
    lower_is_better = models.BooleanField(default=False)
    solution = models.CharField(max_length=300, blank=True, default="")
    safeguards = models.CharField(max_length=300, blank=True, default="")
    judged_by = models.CharField(max_length=200, blank=True, default="", help_text="how the result is measured")
    accepted_when = models.CharField(max_length=200, blank=True, default="", help_text="what counts as accepted")
    conditions = models.CharField(max_length=300, blank=True, default="", help_text="under which it holds")
    their_part = models.CharField(max_length=300, blank=True, default="", help_text="what the customer must do")

    objects = FindingQuerySet["Expectation"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("expectation"),
            models.CheckConstraint(condition=~Q(goal=""), name="expectation_has_a_goal"),
            models.CheckConstraint(
                condition=Q(*[Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}) for name in FIGURES]),
                name="expectation_not_negative",
            ),
        ]


class DealSheet(Finding):
    """What is settled about a deal as a whole, one sheet per deal."""

    strategy = models.TextField(blank=True, default="", help_text="how we get in and how we get to the signature")
    can_use = models.BooleanField(null=True, blank=True, help_text="the customer can use it effectively")
    has_no_rival = models.BooleanField(default=False, help_text="the alternative is to do nothing")
    is_simple = models.BooleanField(default=False, help_text="a small deal: one gate before the signature")
    asked_for_proposal = models.BooleanField(default=False)
    terms = models.TextField(blank=True, default="")
    terms_agreed_on = models.DateField(null=True, blank=True)
    contract = models.CharField(max_length=100, blank=True, default="", help_text="number or name of the contract")
    contract_signed_on = models.DateField(null=True, blank=True)
    payment_plan = models.TextField(blank=True, default="")

    objects = FindingQuerySet["DealSheet"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("dealsheet"),
            models.UniqueConstraint(fields=["opportunity"], condition=STANDING, name="dealsheet_once"),
        ]


class SolutionUse(Finding):
    """That a line of the library is used in a deal; its points became benefit cards there."""

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="uses")

    objects = FindingQuerySet["SolutionUse"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("solutionuse"),
            models.UniqueConstraint(fields=["opportunity", "solution"], condition=STANDING, name="solutionuse_once"),
        ]


class Proposal(Finding):
    """What we put before the customer in writing: eight sections, one row per version; what was sent stays as it is."""

    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.CASCADE, related_name="proposals", db_index=False
    )
    number = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=10, choices=ProposalLanguage, default=ProposalLanguage.CHINESE)
    title = models.CharField(max_length=200)
    situation = models.TextField(blank=True, default="")
    needs = models.TextField(blank=True, default="")
    solution = models.TextField(blank=True, default="")
    benefits = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="")
    implementation = models.TextField(blank=True, default="")
    price = models.TextField(blank=True, default="")
    next_step = models.TextField(blank=True, default="")
    next_step_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True, help_text="from then on it is not changed any more")

    objects = FindingQuerySet["Proposal"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("proposal"),
            models.UniqueConstraint(fields=["opportunity", "number"], name="proposal_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_a_title"),
        ]

    @property
    def filled(self) -> tuple[str, ...]:
        """The sections that say something; a next step says it with a day."""
        said = (name for name in SECTIONS if getattr(self, name))
        return tuple(name for name in said if name != "next_step" or self.next_step_on is not None)
