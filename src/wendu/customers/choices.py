"""Stable symbols of the customers room; the words are in the catalogue."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CustomerKind(TextChoices):
    """An organisation, or a person who buys for himself or his household."""

    ORG = "org", _("Organisation")
    PERSON = "person", _("Person")


class Market(TextChoices):
    """To whom we sell; it stretches or shortens the signing windows."""

    B2B = "b2b", _("Business")
    B2G = "b2g", _("Public body")
    B2C = "b2c", _("Consumer")


class SaleKind(TextChoices):
    """How the deal is made; project and key-account sales run at half the rhythm."""

    STANDARD = "standard", _("Standard sale")
    PROJECT = "project", _("Project sale")
    KEY_ACCOUNT = "key_account", _("Key-account sale")


class ProductKind(TextChoices):
    """What is sold, as far as it changes the signing window."""

    STANDARD = "standard", _("Product or service")
    SUBSCRIPTION = "subscription", _("Subscription")


class Tier(TextChoices):
    """Contact tier: how long we may go without a proactive contact."""

    STRATEGIC = "strategic", _("Strategic")
    KEY = "key", _("Key")
    NORMAL = "normal", _("Normal")
    BASIC = "basic", _("Basic")


class PointKind(TextChoices):
    """How a person can be reached."""

    MOBILE = "mobile", _("Mobile")
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    WECHAT = "wechat", _("WeChat")


class NurtureKind(TextChoices):
    """Out of pursuit for a while, or dropped by decision."""

    NURTURING = "nurturing", _("Nurturing")
    DROPPED = "dropped", _("Not pursued")


class NurtureReason(TextChoices):
    """Why not now."""

    NO_NEED_YET = "no_need_yet", _("No need yet")
    NO_BUDGET = "no_budget", _("No budget")
    WITH_COMPETITOR = "with_competitor", _("With a competitor")
    WAVERING = "wavering", _("Wavering")
    TIMING = "timing", _("Wrong time")
    NO_FIT = "no_fit", _("We do not fit")


class FieldType(TextChoices):
    """Type of a custom field."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    CHOICE = "choice", _("Choice")
    FLAG = "flag", _("Yes or no")
