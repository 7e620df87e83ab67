"""Findings about what we put before the people of a deal, how it was taken, and what is exchanged."""

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
    ResponseKind,
)
from wendu.opportunities.models import Finding, FindingOfPerson, FindingQuerySet

STANDING = Q(removed_at__isnull=True)
VALUES = ("product_minor", "service_minor", "personnel_minor", "image_minor")
EFFORTS = ("money_minor", "time_minor", "energy_minor", "worry_minor")


class Interest(FindingOfPerson):
    """How much one person cares about one interest, 1 to 5."""

    interest = models.CharField(max_length=20, choices=InterestKind)
    importance = models.PositiveSmallIntegerField(default=3)

    objects = FindingQuerySet["Interest"].as_manager()

    class Meta:
        constraints: ClassVar = [
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

    objects = FindingQuerySet["BenefitCard"].as_manager()

    class Meta:
        constraints: ClassVar = [
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
            models.UniqueConstraint(fields=["opportunity", "rival"], condition=STANDING, name="worth_once"),
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
            models.UniqueConstraint(fields=["opportunity"], condition=STANDING, name="dealsheet_once"),
        ]
