"""What both sides signed, and each step of its life."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from wendu.agreements.choices import ContractKind, ContractState
from wendu.customers.models import AboutCustomerQuerySet
from wendu.kernel.entity import Entity, Versioned

MOST_NOTICE = 730
"""Days of notice a contract has at most."""
IN_FORCE = (ContractState.SIGNED, ContractState.RUNNING)
CLOSED = (ContractState.ENDED, ContractState.TERMINATED)
SIGNED_STATES = (*IN_FORCE, *CLOSED)


class ContractQuerySet(AboutCustomerQuerySet["Contract"]):
    """Filters of contracts."""

    def standing(self) -> "ContractQuerySet":
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def with_followers(self) -> "ContractQuerySet":
        """Each says whether one that was signed has taken its place (`is_followed`)."""
        return self.annotate(is_followed=_followers())

    def without_followers(self) -> "ContractQuerySet":
        """Those whose place none that was signed has taken."""
        return self.filter(~_followers())


def _followers() -> Exists:
    return Exists(Contract.objects.standing().filter(follows=OuterRef("pk"), state__in=SIGNED_STATES))


class Contract(Entity, Versioned):
    """What both sides signed; orders are placed under it."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="contracts")
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.SET_NULL, null=True, blank=True, related_name="contracts"
    )
    quote = models.ForeignKey("quotes.Quote", models.SET_NULL, null=True, blank=True, related_name="contracts")
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text="the contract it takes the place of",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="its own",
    )
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True, default="", help_text="as it stands on the paper")
    kind = models.CharField(max_length=8, choices=ContractKind, default=ContractKind.ONE_OFF)
    state = models.CharField(max_length=10, choices=ContractState, default=ContractState.SIGNED)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="its last day; empty: it has no end")
    notice_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="days before its end it is talked about from; empty: the playbook's",
    )
    renews = models.BooleanField(default=False, help_text="it runs on by itself when nobody gives notice")
    ended_on = models.DateField(null=True, blank=True, help_text="the day it ended or was terminated")
    paper = models.CharField(max_length=300, blank=True, default="", help_text="where it lies: a link or a shelf")
    terms = models.TextField(blank=True, default="")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="contract_has_a_title"),
            models.CheckConstraint(
                condition=~Q(state__in=SIGNED_STATES) | Q(signed_on__isnull=False), name="contract_signed_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, ended_on__isnull=False)
                | (~Q(state__in=CLOSED) & Q(ended_on__isnull=True)),
                name="contract_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_force(self) -> bool:
        """Whether both sides are bound by it."""
        return self.state in IN_FORCE


class ContractMove(Entity):
    """One step of a contract's life: from what to what, on which day, by whom and why."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=10, choices=ContractState)
    to_state = models.CharField(max_length=10, choices=ContractState)
    moved_on = models.DateField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")
