"""The firm's library: its lines, what they are made of, their points with evidence, and their cases."""

from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wendu.kernel.entity import Entity, Versioned
from wendu.offers.choices import EvidenceKind, HelpKind, InterestKind, SolutionKind

P = TypeVar("P", bound=models.Model)


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
