"""A quote in its versions, its lines, what was sent, and who asked, allowed, sent and answered."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.customers.models import AboutCustomerQuerySet
from wendu.kernel.entity import Entity, Versioned
from wendu.opportunities.models import Opportunity
from wendu.quotes.choices import QuoteState

OPEN = (QuoteState.DRAFT, QuoteState.AWAITING, QuoteState.APPROVED)
"""Being worked on; one version of a deal at most."""


class QuoteQuerySet(AboutCustomerQuerySet["Quote"]):
    """Quotes are seen by whoever sees the customer of the deal."""

    customer_path = "opportunity__customer__"


class Quote(Entity, Versioned):
    """One version of what we ask for a deal; a new version never writes over an old one."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="quotes", db_index=False)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=QuoteState, default=QuoteState.DRAFT)
    currency = models.CharField(max_length=3)
    valid_until = models.DateField()
    tax_included = models.BooleanField(default=True)
    payment_days = models.PositiveSmallIntegerField(null=True, blank=True)
    rebate = models.DecimalField(max_digits=5, decimal_places=2, default=0, blank=True, help_text="per cent, paid back")
    extras = models.CharField(max_length=300, blank=True, default="", help_text="anything else given on top")
    terms = models.TextField(blank=True, default="", help_text="delivery, warranty, how it is paid")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    objects = QuoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opportunity", "version"], name="quote_version_once"),
            models.UniqueConstraint(
                fields=["opportunity"], condition=Q(state__in=OPEN), name="one_open_quote_of_a_deal"
            ),
            models.CheckConstraint(condition=Q(rebate__gte=0, rebate__lte=100), name="quote_rebate_0_to_100"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "id"], name="quote_state"),
        ]

    def __str__(self) -> str:
        return f"V{self.version}"

    def has_expired(self, on: date) -> bool:
        """Whether it was sent, nobody answered, and its day is over."""
        return self.state == QuoteState.SENT and on > self.valid_until


class QuoteLine(Entity, Versioned):
    """One thing offered."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="lines")
    item = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True, default="")
    unit = models.CharField(max_length=20, blank=True, default="")
    quantity = models.DecimalField(max_digits=12, decimal_places=3, default=1)
    unit_minor = models.BigIntegerField()
    list_minor = models.BigIntegerField(null=True, blank=True)
    discount = models.DecimalField(max_digits=5, decimal_places=2, default=0, blank=True)
    tax = models.DecimalField(max_digits=5, decimal_places=2, default=0, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(item=""), name="quoteline_says_what"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="quoteline_some"),
            models.CheckConstraint(condition=Q(unit_minor__gte=0), name="quoteline_price_not_negative"),
            models.CheckConstraint(condition=Q(discount__gte=0, discount__lte=100), name="quoteline_discount_0_to_100"),
            models.CheckConstraint(condition=Q(tax__gte=0, tax__lte=100), name="quoteline_tax_0_to_100"),
        ]


class QuoteSnapshot(Entity):
    """What was sent, word for word; nothing ever changes it."""

    quote = models.OneToOneField(Quote, models.CASCADE, related_name="snapshot")
    content = models.JSONField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()


class QuoteMove(Entity):
    """One step of a quote's life: who, when, why; when asked for, also what it gives and what the evidence says."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="moves")
    to_state = models.CharField(max_length=10, choices=QuoteState)
    reason = models.CharField(max_length=300, blank=True, default="")
    given = models.JSONField(default=list, blank=True)
    cause = models.CharField(max_length=8, blank=True, default="")
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField()
