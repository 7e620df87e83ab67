"""What customers told of what they got."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.customers.models import AboutCustomerQuerySet
from wendu.kernel.entity import Entity, Versioned

MOST_POINTS, MOST_WEIGHT = 10, 5


class SatisfactionQuerySet(AboutCustomerQuerySet["Satisfaction"]):
    """Filters of answers."""

    def standing(self) -> "SatisfactionQuerySet":
        """Not taken back."""
        return self.filter(deleted_at__isnull=True)


class Satisfaction(Entity, Versioned):
    """What a customer counted on and how it was, of all they got or of one thing, on the day they told it."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="satisfactions")
    contact = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, blank=True, related_name="+", help_text="who told it"
    )
    about = models.CharField(max_length=100, blank=True, default="", help_text="empty: all they got")
    expectation = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 10; empty: not told")
    experience = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 10; empty: not told")
    weight = models.PositiveSmallIntegerField(default=1, help_text="how much it matters to them, 1 to 5")
    told_on = models.DateField()
    note = models.CharField(max_length=300, blank=True, default="")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SatisfactionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expectation__isnull=False) | Q(experience__isnull=False),
                name="satisfaction_tells_something",
            ),
            models.CheckConstraint(
                condition=(Q(expectation__isnull=True) | Q(expectation__lte=MOST_POINTS))
                & (Q(experience__isnull=True) | Q(experience__lte=MOST_POINTS)),
                name="satisfaction_of_ten",
            ),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=MOST_WEIGHT), name="satisfaction_weighs"),
        ]
