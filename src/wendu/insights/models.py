"""What one night's look at the orders of the house found: the study, and a score of every customer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wendu.customers.models import AboutCustomerQuerySet
from wendu.insights.choices import Speaker
from wendu.kernel.entity import Entity
from wendu.method.lifecycle import Lifecycle

STAGES = [(stage.value, stage.value) for stage in Lifecycle]


class Study(Entity):
    """One look at all orders: how many stay, what the model learnt, how it did on the past, and who may speak."""

    on = models.DateField(unique=True)
    pack_version = models.CharField(max_length=100)
    currency = models.CharField(max_length=3)
    buyers = models.PositiveIntegerField(default=0)
    orders = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=dict, help_text="per market, and in all: how many stayed, of how many")
    referrals = models.JSONField(
        default=dict, help_text="of all brought by others: how many, how many bought, and what a first year brings"
    )
    status = models.CharField(max_length=30, blank=True, default="", help_text="what became of the fit")
    speaker = models.CharField(max_length=5, choices=Speaker, default=Speaker.RULE)
    horizon_days = models.PositiveSmallIntegerField(default=0)
    parameters = models.JSONField(default=dict)
    spending = models.JSONField(default=dict)
    backtest = models.JSONField(default=dict, help_text="per forecaster the outcomes at each origin, and who won")
    drift = models.JSONField(default=dict)
    pairs = models.JSONField(default=list, help_text="what goes with what: has, also, customers, share, lift, at least")


class ScoreQuerySet(AboutCustomerQuerySet["Score"]):
    """Filters of scores."""


class Score(models.Model):
    """What the orders of one customer say, kept so that many can be listed; amounts in the house's currency."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="score")
    on = models.DateField()
    market = models.CharField(max_length=10, blank=True, default="")
    stage = models.CharField(max_length=12, choices=STAGES)
    stage_before = models.CharField(max_length=12, choices=STAGES, help_text="a month earlier")
    order_days = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    latest_on = models.DateField(null=True)
    every_days = models.PositiveIntegerField(null=True, help_text="the interval of orders; empty: none known")
    window_from = models.DateField(null=True, help_text="of the next order, by that interval")
    expected_on = models.DateField(null=True)
    window_to = models.DateField(null=True)
    over_on = models.DateField(null=True, help_text="from then on nobody waits for the next order any more")
    every_source = models.CharField(max_length=7, blank=True, default="", help_text="own or product")
    revenue_minor = models.BigIntegerField(default=0)
    margin_minor = models.BigIntegerField(null=True, help_text="empty: the cost of a line is unknown")
    first_minor = models.BigIntegerField(null=True, help_text="revenue of the first order day")
    yearly_minor = models.BigIntegerField(default=0, help_text="what a year brings, on the basis of the value")
    current_minor = models.BigIntegerField(null=True, help_text="what goes on, by the method; empty: unknown")
    chance = models.FloatField(null=True, help_text="of an order within the horizon, by the model")
    alive = models.FloatField(null=True, help_text="of being there still, by the model")
    purchases = models.FloatField(null=True, help_text="order days to expect within the horizon, by the model")
    to_come_minor = models.BigIntegerField(null=True, help_text="value to come, by the model")
    next_item = models.CharField(max_length=200, blank=True, default="", help_text="what goes with what they have")
    next_because = models.CharField(max_length=200, blank=True, default="", help_text="what they have")
    next_share = models.FloatField(null=True, help_text="of those who have it, how many have the other, too")
    next_lift = models.FloatField(null=True, help_text="how many times as often as by chance")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(chance__isnull=True) | Q(chance__gte=0, chance__lte=1), name="score_chance_is_a_share"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stage", "-revenue_minor", "customer"], name="score_stage"),
            models.Index(fields=["expected_on", "customer"], name="score_expected"),
            models.Index(fields=["-chance", "customer"], name="score_chance"),
            models.Index(fields=["-revenue_minor", "customer"], condition=~Q(next_item=""), name="score_next"),
        ]


class PairingQuerySet(models.QuerySet["Pairing"]):
    """Filters of pairings."""

    def standing(self) -> "PairingQuerySet":
        """Not taken back."""
        return self.filter(removed_at__isnull=True)


class Pairing(Entity):
    """What goes with what, as people know it: used before the orders show it, and before what they show."""

    has = models.CharField(max_length=200, help_text="what a customer has, as the lines of orders call it")
    also = models.CharField(max_length=200, help_text="what goes with it")
    reason = models.CharField(max_length=300, help_text="why whoever has the one needs the other")
    scenario = models.CharField(max_length=300, blank=True, default="", help_text="where and when")
    talk = models.CharField(max_length=300, blank=True, default="", help_text="words to open with")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["has", "also"], condition=Q(removed_at__isnull=True), name="pairing_once"),
            models.CheckConstraint(condition=~Q(has=F("also")), name="pairing_of_two_things"),
            models.CheckConstraint(condition=~Q(reason=""), name="pairing_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.has} + {self.also}"
