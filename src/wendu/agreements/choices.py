"""Stable symbols of agreements."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class OrderState(TextChoices):
    """How far an order is (method: 2.4, 2.5)."""

    OPEN = "open", pgettext_lazy("order", "Signed")
    DELIVERING = "delivering", pgettext_lazy("order", "Being delivered")
    ACCEPTED = "accepted", pgettext_lazy("order", "Accepted by the customer")
    PAID = "paid", pgettext_lazy("order", "Paid in full")
    DISPUTED = "disputed", pgettext_lazy("order", "In dispute")
    CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")


class ContractState(TextChoices):
    """How far a contract is (method: 2.5)."""

    DRAFT = "draft", pgettext_lazy("contract", "Draft")
    OFFERED = "offered", pgettext_lazy("contract", "With the customer")
    SIGNED = "signed", pgettext_lazy("contract", "Signed")
    RUNNING = "running", pgettext_lazy("contract", "Running")
    ENDED = "ended", pgettext_lazy("contract", "Ended")
    TERMINATED = "terminated", pgettext_lazy("contract", "Terminated")
    CANCELLED = "cancelled", pgettext_lazy("contract", "Cancelled")


class ContractKind(TextChoices):
    """What a contract is about: orders placed under it, one delivery, or work that goes on."""

    ONE_OFF = "one_off", pgettext_lazy("contract", "One delivery")
    FRAME = "frame", pgettext_lazy("contract", "Frame")
    SERVICE = "service", pgettext_lazy("contract", "Service")


class SubscriptionState(TextChoices):
    """Whether a subscription is in force; that it is due is seen from its day and never stored (method: 2.4)."""

    TRIAL = "trial", pgettext_lazy("subscription", "On trial")
    ACTIVE = "active", pgettext_lazy("subscription", "In force")
    CHURNED = "churned", pgettext_lazy("subscription", "Ended")


class SubscriptionStep(TextChoices):
    """What happened to a subscription: begun, renewed at the same fee, at a higher or a lower one, or not renewed."""

    BEGUN = "begun", pgettext_lazy("subscription step", "Begun")
    RENEWED = "renewed", pgettext_lazy("subscription step", "Renewed")
    EXPANDED = "expanded", pgettext_lazy("subscription step", "Expanded")
    CONTRACTED = "contracted", pgettext_lazy("subscription step", "Reduced")
    CHURNED = "churned", pgettext_lazy("subscription step", "Not renewed")


class Use(TextChoices):
    """How a product is used up; it says after how long somebody without a rhythm of its own buys again."""

    CONSUMABLE = "consumable", pgettext_lazy("product use", "Used up and bought again")
    DURABLE = "durable", pgettext_lazy("product use", "Lasts for years")
