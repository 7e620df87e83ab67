"""Orders with their lines, what is due and what came in, what went back, and subscriptions.

`Order` holds, worked out from its standing lines, what counts as revenue (net of tax, in minor units of its currency)
and as margin (empty: the cost of a line is unknown). Whoever reads purchases reads `Order.objects.counted()`.
"""

from datetime import date
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from wendu.agreements.choices import OrderState, SubscriptionState, SubscriptionStep, Use
from wendu.customers.models import AboutCustomerQuerySet
from wendu.kernel.entity import Entity, Versioned

P = TypeVar("P", bound=models.Model)
RUNNING = (OrderState.OPEN, OrderState.DELIVERING, OrderState.ACCEPTED, OrderState.DISPUTED)
"""Money of these can still be due."""
REVENUE = ("customer_id", "ordered_on", "revenue_minor", "margin_minor")
"""One purchase, flat: who, on which day, what it brought and what of that was left."""


class ProductSheet(Entity, Versioned):
    """What is known of a product of the library beside its price: number, cost, and how soon it is bought again."""

    solution = models.OneToOneField("offers.Solution", models.CASCADE, related_name="sheet")
    code = models.CharField(max_length=100, blank=True, default="", help_text="its number in another system")
    currency = models.CharField(max_length=3, help_text="of the cost")
    cost_minor = models.BigIntegerField(null=True, blank=True)
    use = models.CharField(max_length=10, choices=Use, blank=True, default="")
    cycle_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="days until it is bought again")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="productsheet_code"),
            models.CheckConstraint(
                condition=Q(cost_minor__isnull=True) | Q(cost_minor__gte=0), name="productsheet_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(cycle_days__isnull=True) | Q(cycle_days__gt=0), name="productsheet_cycle_some_days"
            ),
        ]


def of_part(model: type[models.Model], sum_up: Min | Sum, **within: date) -> Subquery:
    """What the standing rows of a part of an order come to, those `within` what is asked."""
    rows = model._default_manager.filter(order=OuterRef("pk"), removed_at__isnull=True, **within).order_by()
    return Subquery(rows.values("order").annotate(of_part=sum_up).values("of_part"))


class OrderQuerySet(AboutCustomerQuerySet["Order"]):
    """Filters of orders."""

    def standing(self) -> "OrderQuerySet":
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def counted(self) -> "OrderQuerySet":
        """What was bought: neither deleted nor cancelled."""
        return self.standing().exclude(state=OrderState.CANCELLED)

    def running(self) -> "OrderQuerySet":
        """Money of these can still be due."""
        return self.standing().filter(state__in=RUNNING)

    def owing_by(self, day: date) -> "OrderQuerySet":
        """Running ones with a due up to a day, not covered by receipts and returns; the earliest due first."""
        rows = self.running().annotate(
            first_due=of_part(Instalment, Min("due_on")),
            came=of_part(Receipt, Sum("amount_minor")),
            back=of_part(Return, Sum("gross_minor")),
        )
        owing = Coalesce("came", 0) + Coalesce("back", 0)
        return rows.filter(first_due__lte=day, gross_minor__gt=owing).order_by("first_due", "pk")


class Order(Entity, Versioned):
    """One purchase: what, how much of it, out of which need, for which reason, in which scenario, and who decided."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="orders", db_index=False)
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.SET_NULL, null=True, blank=True, related_name="orders"
    )
    contract = models.ForeignKey("agreements.Contract", models.SET_NULL, null=True, blank=True, related_name="orders")
    quote = models.ForeignKey("quotes.Quote", models.SET_NULL, null=True, blank=True, related_name="orders")
    external_id = models.CharField(max_length=100, blank=True, default="", help_text="its number")
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.OPEN)
    ordered_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    tax_included = models.BooleanField(default=True)
    revenue_minor = models.BigIntegerField(default=0, help_text="of its lines, without tax")
    gross_minor = models.BigIntegerField(default=0, help_text="of its lines, to be paid")
    margin_minor = models.BigIntegerField(null=True, help_text="empty: the cost of a line is unknown")
    need = models.CharField(max_length=300, blank=True, default="", help_text="the need behind it")
    reason = models.CharField(max_length=300, blank=True, default="", help_text="why they bought at that time")
    scenario = models.CharField(max_length=300, blank=True, default="", help_text="where and when it is used")
    behaviour = models.CharField(
        max_length=300, blank=True, default="", help_text="how they bought: where, with whom, compared with what"
    )
    decided_by = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, blank=True, related_name="decided_orders"
    )
    note = models.TextField(blank=True, default="")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="order_external_id"),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("ordered_on")),
                name="order_accepted_after_it_was_placed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "ordered_on"], name="order_of_customer"),
            models.Index(fields=["-ordered_on", "-id"], name="order_latest"),
        ]

    def __str__(self) -> str:
        return self.external_id or f"{self.ordered_on:%Y-%m-%d}"

    @property
    def why(self) -> list[str]:
        """What it was for, as far as somebody wrote it down: need, reason, scenario."""
        return [words for words in (self.need, self.reason, self.scenario) if words]


class PartQuerySet(AboutCustomerQuerySet[P]):
    """What belongs to an order is seen by whoever sees its customer."""

    customer_path = "order__customer__"

    def standing(self) -> "PartQuerySet[P]":
        """Not taken back."""
        return self.filter(removed_at__isnull=True)


class OrderLine(Entity, Versioned):
    """One thing bought: a product of the library, or in free words."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.ForeignKey("offers.Solution", models.SET_NULL, null=True, blank=True, related_name="order_lines")
    item = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True, default="")
    quantity = models.DecimalField(max_digits=12, decimal_places=3, default=1)
    unit_minor = models.BigIntegerField(help_text="price of one")
    discount = models.DecimalField(max_digits=5, decimal_places=2, default=0, blank=True)
    tax = models.DecimalField(max_digits=5, decimal_places=2, default=0, blank=True)
    cost_minor = models.BigIntegerField(null=True, blank=True, help_text="cost of one, without tax; empty: unknown")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet["OrderLine"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(item=""), name="orderline_says_what"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orderline_some"),
            models.CheckConstraint(condition=Q(unit_minor__gte=0), name="orderline_price_not_negative"),
            models.CheckConstraint(condition=Q(discount__gte=0, discount__lte=100), name="orderline_discount_0_to_100"),
            models.CheckConstraint(condition=Q(tax__gte=0, tax__lte=100), name="orderline_tax_0_to_100"),
            models.CheckConstraint(
                condition=Q(cost_minor__isnull=True) | Q(cost_minor__gte=0), name="orderline_cost_not_negative"
            ),
        ]


class Instalment(Entity, Versioned):
    """A part of the price, and the day it is due."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="instalments")
    due_on = models.DateField()
    amount_minor = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True, default="")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet["Instalment"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="instalment_some"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(removed_at__isnull=True), name="instalment_due"),
        ]


class Receipt(Entity, Versioned):
    """Money that came in for an order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="receipts")
    received_on = models.DateField()
    amount_minor = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True, default="")
    external_id = models.CharField(max_length=100, blank=True, default="", help_text="its number")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet["Receipt"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="receipt_external_id"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receipt_some"),
        ]


class Return(Entity, Versioned):
    """What went back, or was taken off the price afterwards: on its own day, so that the past stays as it was."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="returns")
    line = models.ForeignKey(OrderLine, models.SET_NULL, null=True, blank=True, related_name="returns")
    returned_on = models.DateField()
    quantity = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    gross_minor = models.BigIntegerField(help_text="no longer to be paid, or paid back")
    revenue_minor = models.BigIntegerField(help_text="of that, without tax")
    margin_minor = models.BigIntegerField(null=True, blank=True, help_text="lost with it; empty: unknown")
    reason = models.CharField(max_length=300, blank=True, default="")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet["Return"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gross_minor__gt=0, revenue_minor__gte=0), name="return_some"),
            models.CheckConstraint(condition=Q(quantity__isnull=True) | Q(quantity__gt=0), name="return_quantity_some"),
        ]


class OrderMove(Entity):
    """One step of an order's life: from what to what, on which day, by whom and why."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=10, choices=OrderState)
    to_state = models.CharField(max_length=10, choices=OrderState)
    moved_on = models.DateField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")


class SubscriptionQuerySet(AboutCustomerQuerySet["Subscription"]):
    """Filters of subscriptions."""

    def standing(self) -> "SubscriptionQuerySet":
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def in_force(self, on: date) -> "SubscriptionQuerySet":
        """Begun and not ended on a day."""
        begun = self.standing().filter(began_on__lte=on)
        return begun.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


class Subscription(Entity, Versioned):
    """A fee that comes again each term, until somebody ends it."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="subscriptions")
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.SET_NULL, null=True, blank=True, related_name="subscriptions"
    )
    product = models.ForeignKey("offers.Solution", models.SET_NULL, null=True, blank=True, related_name="subscriptions")
    item = models.CharField(max_length=200)
    external_id = models.CharField(max_length=100, blank=True, default="", help_text="its number")
    state = models.CharField(max_length=8, choices=SubscriptionState, default=SubscriptionState.ACTIVE)
    currency = models.CharField(max_length=3)
    fee_minor = models.BigIntegerField(help_text="of one term, without tax")
    margin = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, help_text="per cent of the fee")
    one_off_minor = models.BigIntegerField(null=True, blank=True, help_text="what buying it once would have cost")
    term_months = models.PositiveSmallIntegerField(default=12)
    began_on = models.DateField()
    renews_on = models.DateField(help_text="the day after the term that is paid for")
    ended_on = models.DateField(null=True, blank=True)
    cause = models.CharField(max_length=300, blank=True, default="", help_text="why it ended")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="subscription_external_id"
            ),
            models.CheckConstraint(condition=~Q(item=""), name="subscription_says_what"),
            models.CheckConstraint(condition=Q(fee_minor__gte=0), name="subscription_fee_not_negative"),
            models.CheckConstraint(condition=Q(term_months__gt=0), name="subscription_term_some"),
            models.CheckConstraint(condition=Q(renews_on__gt=F("began_on")), name="subscription_renews_after_it_began"),
            models.CheckConstraint(
                condition=Q(state="churned", ended_on__isnull=False) | (~Q(state="churned") & Q(ended_on__isnull=True)),
                name="subscription_ended_on_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["renews_on"], condition=Q(ended_on__isnull=True), name="subscription_renews"),
        ]

    def __str__(self) -> str:
        return self.item


class SubscriptionChange(Entity):
    """One step of a subscription: begun, renewed, expanded, reduced or not renewed, and the fee of a term from then."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="changes")
    step = models.CharField(max_length=10, choices=SubscriptionStep)
    on = models.DateField()
    state_before = models.CharField(max_length=10, choices=SubscriptionState, default=SubscriptionState.ACTIVE)
    fee_before_minor = models.BigIntegerField()
    fee_after_minor = models.BigIntegerField()
    until = models.DateField(null=True, help_text="the day it renews on from then")
    reason = models.CharField(max_length=300, blank=True, default="")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
