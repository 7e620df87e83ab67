"""Findings about what we put before the people of a deal, how it was taken, and what is exchanged."""

from decimal import Decimal
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wendu.kernel.entity import Entity, Versioned
from wendu.offers.choices import (
    ConcernKind,
    ConcernState,
    EvidenceKind,
    HelpKind,
    InterestKind,
    MessageKind,
    MessageState,
    ProposalLanguage,
    ResponseKind,
    SolutionKind,
)
from wendu.opportunities.models import Finding, FindingOfPerson, FindingQuerySet, numbered

P = TypeVar("P", bound=models.Model)
STANDING = Q(removed_at__isnull=True)
VALUES = ("product_minor", "service_minor", "personnel_minor", "image_minor")
EFFORTS = ("money_minor", "time_minor", "energy_minor", "worry_minor")
FIGURES = ("expected", "promised", "typical", "best")
SECTIONS = ("situation", "needs", "solution", "benefits", "evidence", "implementation", "price", "next_step")


def figure(help_text: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """A number of whatever unit, or nobody knows it."""
    return models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text=help_text)


class SolutionQuerySet(models.QuerySet["Solution"]):
    """Everybody in the firm reads the library; these filters say which part of it."""

    def standing(self) -> "SolutionQuerySet":
        """Still in use, whether taken in or only suggested."""
        return self.filter(retired_at__isnull=True)

    def taken_in(self) -> "SolutionQuerySet":
        """What whoever keeps the library has taken in."""
        return self.standing().filter(published_at__isnull=False)


class Solution(Entity, Versioned):
    """A line of the firm's library: whose problem it answers, what it is made of, and how it is brought in."""

    kind = models.CharField(max_length=10, choices=SolutionKind, default=SolutionKind.INDUSTRY)
    name = models.CharField(max_length=200)
    industry = models.CharField(max_length=60, blank=True, default="", help_text="code of the playbook, or empty: any")
    audience = models.CharField(max_length=200, blank=True, default="", help_text="which roles have the problem")
    problem = models.TextField(blank=True, default="")
    summary = models.TextField(blank=True, default="", help_text="what we do about it")
    rollout = models.TextField(blank=True, default="", help_text="how it is brought in, and what keeps it safe")
    help_kind = models.CharField(max_length=12, choices=HelpKind, blank=True, default="")
    unit = models.CharField(max_length=20, blank=True, default="")
    list_minor = models.BigIntegerField(null=True, blank=True, help_text="list price of one")
    currency = models.CharField(max_length=3, blank=True, default="", help_text="of the list price")
    tax = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, help_text="per cent")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, help_text="empty: suggested, not taken in yet")
    retired_at = models.DateTimeField(null=True, blank=True)
    from_deal = models.ForeignKey(
        "opportunities.Opportunity", models.SET_NULL, null=True, blank=True, related_name="promoted"
    )

    objects = SolutionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="solution_has_a_name"),
            models.CheckConstraint(
                condition=Q(list_minor__isnull=True) | Q(list_minor__gte=0), name="solution_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(tax__isnull=True) | Q(tax__gte=0, tax__lte=100), name="solution_tax_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SolutionPart(Entity):
    """That one line of the library is part of another."""

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="parts", db_index=False)
    part = models.ForeignKey(Solution, models.CASCADE, related_name="part_of")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["solution", "part"], name="solutionpart_once"),
            models.CheckConstraint(condition=~Q(solution=F("part")), name="solutionpart_of_another"),
        ]


class PieceQuerySet(models.QuerySet[P]):
    """What hangs on a line of the library."""

    def standing(self) -> "PieceQuerySet[P]":
        """Not taken back."""
        return self.filter(removed_at__isnull=True)


class SolutionPoint(Entity, Versioned):
    """Feature, advantage, benefit and evidence of a solution, before there is a customer to show it to."""

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="points")
    interest = models.CharField(max_length=20, choices=InterestKind)
    feature = models.CharField(max_length=200)
    advantage = models.CharField(max_length=200, blank=True, default="")
    benefit = models.CharField(max_length=200, blank=True, default="")
    evidence_kind = models.CharField(max_length=12, choices=EvidenceKind, blank=True, default="")
    evidence = models.CharField(max_length=300, blank=True, default="")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PieceQuerySet["SolutionPoint"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(feature=""), name="solutionpoint_has_a_feature"),
        ]


class SolutionCase(Entity, Versioned):
    """What a solution did for somebody: the problem, what was done, the figures, and whether the name may be told."""

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="cases")
    customer_kind = models.CharField(max_length=200, help_text="like: injection moulder, 300 people")
    customer_name = models.CharField(max_length=200, blank=True, default="")
    may_name = models.BooleanField(default=False, help_text="the customer allows us to name it")
    problem = models.CharField(max_length=300, blank=True, default="")
    measures = models.CharField(max_length=300, blank=True, default="")
    result = models.CharField(max_length=300, help_text="measured, with its figures")
    evidence = models.CharField(max_length=300, blank=True, default="")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PieceQuerySet["SolutionCase"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(customer_kind=""), name="solutioncase_says_for_whom"),
            models.CheckConstraint(condition=~Q(result=""), name="solutioncase_has_a_result"),
            models.CheckConstraint(condition=Q(may_name=False) | ~Q(customer_name=""), name="solutioncase_named"),
        ]


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
    """What one supplier is worth to the customer and costs him, in minor units; without a rival's name it is us."""

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
    source = models.CharField(max_length=200, blank=True, default="", help_text="who says so")

    objects = FindingQuerySet["Worth"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("worth"),
            models.UniqueConstraint(fields=["opportunity", "rival"], condition=STANDING, name="worth_once"),
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
