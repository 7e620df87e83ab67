"""An opportunity, the people who decide it, and how it ended; and what any finding about a deal is made of."""

from datetime import date
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models import F as Column

from wendu.customers.models import AboutCustomerQuerySet
from wendu.kernel.entity import Entity, Versioned
from wendu.opportunities.choices import Access, InfluencerRole, LossReason, NoDealCause, Outcome, Stage, Stance

F = TypeVar("F", bound=models.Model)


class OpportunityQuerySet(AboutCustomerQuerySet["Opportunity"]):
    """Filters by what stands now."""

    def standing(self) -> "OpportunityQuerySet":
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def open(self) -> "OpportunityQuerySet":
        """Still to be decided: neither closed nor paused."""
        return self.standing().filter(
            ~Exists(Closure.objects.filter(opportunity=OuterRef("pk"), reopened_on__isnull=True)),
            ~Exists(Pause.objects.filter(opportunity=OuterRef("pk"), ended_on__isnull=True)),
        )

    def open_on(self, day: date) -> "OpportunityQuerySet":
        """Open at the end of a day, whatever became of them later."""
        closed = Closure.objects.filter(Q(reopened_on__isnull=True) | Q(reopened_on__gt=day), closed_on__lte=day)
        paused = Pause.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), began_on__lte=day)
        return self.standing().filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day),
            ~Exists(closed.filter(opportunity=OuterRef("pk"))),
            ~Exists(paused.filter(opportunity=OuterRef("pk"))),
        )


class Opportunity(Entity, Versioned):
    """A need of a customer that we are able to satisfy."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="opportunities")
    # Found by the longer index below, which begins with it.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    title = models.CharField(max_length=200)
    product = models.CharField(max_length=200, blank=True, default="")
    amount_minor = models.BigIntegerField(null=True, blank=True)
    amount_is_estimated = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    stage = models.CharField(max_length=3, choices=Stage, default=Stage.ST1)
    opened_on = models.DateField(null=True, blank=True, help_text="empty: imported without a day")
    expected_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    external_id = models.CharField(max_length=100, blank=True, default="")
    custom = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="opportunity_external_id"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__isnull=True) | Q(amount_minor__gte=0), name="opportunity_amount_not_negative"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="opportunity_has_a_title"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "deleted_at"], name="opportunity_owner"),
            models.Index(fields=["amount_minor", "id"], name="opportunity_amount"),
            models.Index(fields=["created_at", "id"], name="opportunity_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class Closure(Entity):
    """An end; at most one stands, and it can be reopened."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="closures")
    outcome = models.CharField(max_length=10, choices=Outcome)
    closed_on = models.DateField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    amount_minor = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=LossReason, blank=True, default="")
    rival = models.CharField(max_length=120, blank=True, default="")
    note = models.TextField(blank=True, default="")
    reopened_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opportunity"], condition=Q(reopened_on__isnull=True), name="one_standing_closure"
            ),
            models.CheckConstraint(condition=~Q(outcome="lost") | ~Q(reason=""), name="loss_has_a_reason"),
        ]


class Diagnosis(Entity):
    """Why a lost deal did not close: what its evidence said on that day, and what whoever closed it made of that.

    A loss without one came in with a file: nobody wrote any evidence down.
    """

    closure = models.OneToOneField(Closure, models.CASCADE, related_name="diagnosis")
    cause = models.CharField(max_length=8, choices=NoDealCause)
    found = models.CharField(max_length=8, choices=NoDealCause, help_text="what the evidence said")
    reasons = models.JSONField(default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)
    why = models.CharField(max_length=300, blank=True, default="", help_text="why another cause was chosen")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cause=Column("found")) | ~Q(why=""), name="other_cause_says_why"),
        ]


class Pause(Entity):
    """Set aside until a day, with a reason."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=300)
    began_on = models.DateField()
    wake_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opportunity"], condition=Q(ended_on__isnull=True), name="one_standing_pause"
            ),
        ]


class StageMove(Entity):
    """One step along the stages, forward or back."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="stage_moves")
    from_stage = models.CharField(max_length=3, choices=Stage)
    to_stage = models.CharField(max_length=3, choices=Stage)
    moved_on = models.DateField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")


class Influencer(Entity):
    """A contact in his role inside one opportunity's decision."""

    # Found by the constraint, which begins with it.
    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="influencers", db_index=False)
    contact = models.ForeignKey("customers.Contact", models.CASCADE, related_name="influences")
    role = models.CharField(max_length=16, choices=InfluencerRole)
    is_receptive = models.BooleanField(default=False)
    is_dissatisfied = models.BooleanField(default=False)
    is_powerful = models.BooleanField(default=False)
    weight = models.PositiveSmallIntegerField(default=3)
    stance = models.SmallIntegerField(choices=Stance, default=Stance.NEUTRAL)
    access = models.CharField(max_length=8, choices=Access, default=Access.NONE)
    reports_to = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, blank=True, related_name="+", help_text="whose word he follows"
    )
    sways = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, blank=True, related_name="+", help_text="who listens to him"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opportunity", "contact"], name="influencer_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=5), name="influencer_weight_1_to_5"),
            models.CheckConstraint(condition=Q(stance__gte=-2, stance__lte=2), name="influencer_stance_range"),
        ]


class FindingQuerySet(AboutCustomerQuerySet[F]):
    """Findings are seen by whoever sees the customer of the deal."""

    customer_path = "opportunity__customer__"

    def standing(self) -> "FindingQuerySet[F]":
        """Not taken back."""
        return self.filter(removed_at__isnull=True)


def numbered(name: str) -> models.UniqueConstraint:
    """Let no two findings of a kind that stand in one deal carry the same number of another system."""
    standing = ~Q(external_id="") & Q(removed_at__isnull=True)
    return models.UniqueConstraint(fields=["opportunity", "external_id"], condition=standing, name=f"{name}_number")


class Finding(Entity, Versioned):
    """Something found out about a deal and the people in it: who wrote it down, and whether it was taken back."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="%(class)ss")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    external_id = models.CharField(
        max_length=100, blank=True, default="", help_text="its number in another system, within the deal"
    )

    class Meta:
        abstract = True


class FindingOfPerson(Finding):
    """A finding about one person in the decision; it stays when the person is taken out of it."""

    contact = models.ForeignKey("customers.Contact", models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True
