"""Stable symbols of the customers room; the words are in the catalogue."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CustomerKind(TextChoices):
    """An organisation, or a person who buys for himself or his household."""

    ORG = "org", pgettext_lazy("customer kind", "Organisation")
    PERSON = "person", pgettext_lazy("customer kind", "Person")


class Market(TextChoices):
    """To whom we sell; it stretches or shortens the signing windows."""

    B2B = "b2b", pgettext_lazy("market", "Business")
    B2G = "b2g", pgettext_lazy("market", "Public body")
    B2C = "b2c", pgettext_lazy("market", "Consumer")


class SaleKind(TextChoices):
    """How the deal is made; project and key-account sales run at half the rhythm."""

    STANDARD = "standard", pgettext_lazy("sale kind", "Standard sale")
    PROJECT = "project", pgettext_lazy("sale kind", "Project sale")
    KEY_ACCOUNT = "key_account", pgettext_lazy("sale kind", "Key-account sale")


class ProductKind(TextChoices):
    """What is sold, as far as it changes the signing window."""

    STANDARD = "standard", pgettext_lazy("product kind", "Product or service")
    SUBSCRIPTION = "subscription", pgettext_lazy("product kind", "Subscription")


class Tier(TextChoices):
    """Contact tier: how long we may go without a proactive contact."""

    STRATEGIC = "strategic", pgettext_lazy("contact tier", "Strategic")
    KEY = "key", pgettext_lazy("contact tier", "Key")
    NORMAL = "normal", pgettext_lazy("contact tier", "Normal")
    BASIC = "basic", pgettext_lazy("contact tier", "Basic")


class PointKind(TextChoices):
    """How a person can be reached."""

    MOBILE = "mobile", pgettext_lazy("contact point", "Mobile")
    PHONE = "phone", pgettext_lazy("contact point", "Phone")
    EMAIL = "email", pgettext_lazy("contact point", "E-mail")
    WECHAT = "wechat", pgettext_lazy("contact point", "WeChat")


class NurtureKind(TextChoices):
    """Out of pursuit for a while, dropped by decision, or gone for good after having bought."""

    NURTURING = "nurturing", pgettext_lazy("nurture", "Nurturing")
    DROPPED = "dropped", pgettext_lazy("nurture", "Not pursued")
    CHURNED = "churned", pgettext_lazy("nurture", "Gone")


class NurtureReason(TextChoices):
    """Why not now."""

    NO_NEED_YET = "no_need_yet", pgettext_lazy("nurture reason", "No need yet")
    NO_BUDGET = "no_budget", pgettext_lazy("nurture reason", "No budget")
    WITH_COMPETITOR = "with_competitor", pgettext_lazy("nurture reason", "With a competitor")
    WAVERING = "wavering", pgettext_lazy("nurture reason", "Wavering")
    TIMING = "timing", pgettext_lazy("nurture reason", "Wrong time")
    NO_FIT = "no_fit", pgettext_lazy("nurture reason", "We do not fit")


class FieldAbout(TextChoices):
    """What a field of the company's own is about; the codes are those of the subjects of the journal."""

    CUSTOMER = "customer", pgettext_lazy("own fields of", "Customers")
    CONTACT = "contact", pgettext_lazy("own fields of", "People")
    OPPORTUNITY = "opportunity", pgettext_lazy("own fields of", "Deals")


class FieldType(TextChoices):
    """Type of a custom field."""

    TEXT = "text", pgettext_lazy("field type", "Text")
    NUMBER = "number", pgettext_lazy("field type", "Number")
    DATE = "date", pgettext_lazy("field type", "Date")
    CHOICE = "choice", pgettext_lazy("field type", "Choice")
    FLAG = "flag", pgettext_lazy("field type", "Yes or no")
