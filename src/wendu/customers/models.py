"""Customers are never copied: one row from the first contact to the last referral."""

from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wendu.access.querysets import VisibleQuerySet
from wendu.customers.choices import (
    CustomerKind,
    FieldAbout,
    FieldType,
    Market,
    NurtureKind,
    NurtureReason,
    PointKind,
    ProductKind,
    SaleKind,
    Tier,
)
from wendu.kernel.entity import Entity, Versioned

M = TypeVar("M", bound=models.Model)
BEST_NOTE = 5


class CustomerQuerySet(VisibleQuerySet["Customer"]):
    """Filters of customers; `visible_to` comes from the access floor."""

    def standing(self) -> "CustomerQuerySet":
        """Real customers: not deleted, and not a bucket for deals whose customer is unknown."""
        return self.filter(deleted_at__isnull=True, bucket_of__isnull=True)

    def deleted_to(self, user: Any) -> Self:
        """Keep what this user could restore; what became part of another customer comes back another way."""
        return super().deleted_to(user).filter(merged_into__isnull=True)


class Customer(Entity, Versioned):
    """An organisation or a person we may serve."""

    kind = models.CharField(max_length=8, choices=CustomerKind, default=CustomerKind.ORG)
    market = models.CharField(max_length=4, choices=Market, default=Market.B2B)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False, help_text="normalised name, for matching")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # Found by the longer indexes below, which begin with them; a second one would only slow down what is written.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    team = models.ForeignKey("identity.Team", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    bucket_of = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="holds this person's deals whose customer is not known yet",
    )
    industry = models.CharField(max_length=60, blank=True, default="")
    product_kind = models.CharField(max_length=16, choices=ProductKind, default=ProductKind.STANDARD)
    sale_kind = models.CharField(max_length=16, choices=SaleKind, default=SaleKind.STANDARD)
    tier = models.CharField(max_length=12, choices=Tier, default=Tier.NORMAL)
    province = models.CharField(max_length=60, blank=True, default="")
    city = models.CharField(max_length=60, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    headcount = models.PositiveIntegerField(null=True, blank=True)
    referrer = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="brought",
        db_index=False,
        help_text="the customer that brought this one",
    )
    referrer_contact = models.ForeignKey(
        "Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="who of its people did, where that is known",
    )
    brand_note = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="0 to 5: whether others buy because they do; no money"
    )
    source_text = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")
    external_id = models.CharField(max_length=100, blank=True, default="")
    custom = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="merged",
        db_index=False,
        help_text="the one it was found to be; its name, number and address lead there",
    )

    objects = CustomerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="customer_external_id"),
            models.CheckConstraint(condition=~Q(name=""), name="customer_has_a_name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="customer_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(deleted_at__isnull=False), name="customer_merged_is_gone"
            ),
            models.CheckConstraint(
                condition=Q(referrer__isnull=True) | ~Q(referrer=F("id")), name="customer_not_own_referrer"
            ),
            models.CheckConstraint(
                condition=Q(brand_note__isnull=True) | Q(brand_note__lte=BEST_NOTE), name="customer_brand_note"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name_key"], name="customer_name_key", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["owner", "deleted_at"], name="customer_owner"),
            models.Index(fields=["team", "deleted_at"], name="customer_team"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="customer_deleted"),
            models.Index(fields=["-created_at", "-id"], name="customer_newest"),
            models.Index(fields=["name", "id"], name="customer_name"),
            models.Index(fields=["industry"], name="customer_industry"),
            models.Index(fields=["city"], name="customer_city"),
            models.Index(fields=["source_text"], name="customer_source"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="customer_merged"),
            models.Index(fields=["referrer"], condition=Q(referrer__isnull=False), name="customer_referrer"),
            models.Index(
                fields=["referrer_contact"],
                condition=Q(referrer_contact__isnull=False),
                name="customer_referrer_contact",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AboutCustomerQuerySet(VisibleQuerySet[M]):
    """Rows about a customer are seen by whoever sees the customer."""

    customer_path = "customer__"


class ContactQuerySet(AboutCustomerQuerySet["Contact"]):
    """Filters of people."""

    def standing(self) -> "ContactQuerySet":
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)


class Collaborator(models.Model):
    """Someone who works on a customer beside its owner."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="collaborations")
    # Found by the constraint, which begins with it.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "customer"], name="collaborator_once")]


class Contact(Entity, Versioned):
    """A person we can reach, and the unit we operate."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=100)
    job_title = models.CharField(max_length=100, blank=True, default="")
    department = models.CharField(max_length=100, blank=True, default="")
    is_main = models.BooleanField(default=False)
    left_on = models.DateField(null=True, blank=True)
    do_not_contact = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    external_id = models.CharField(max_length=100, blank=True, default="")
    custom = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="merged",
        db_index=False,
        help_text="the one it was found to be; its name, number and address lead there",
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="contact_external_id"),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(is_main=True, deleted_at__isnull=True), name="one_main_contact"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(deleted_at__isnull=False), name="contact_merged_is_gone"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="contact_merged"),
            models.Index(
                fields=["customer"],
                condition=Q(do_not_contact=True, deleted_at__isnull=True, left_on__isnull=True),
                name="contact_refusing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContactPoint(models.Model):
    """A number or address of a customer or of one of its people."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contact_points")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=PointKind)
    value = models.CharField(max_length=200, help_text="E.164 for phones, lower case for e-mail")
    written = models.CharField(max_length=200, blank=True, default="", help_text="as it was typed or imported")

    objects = AboutCustomerQuerySet["ContactPoint"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "kind", "value"], condition=Q(contact__isnull=False), name="contact_point_once"
            ),
            models.UniqueConstraint(
                fields=["customer", "kind", "value"], condition=Q(contact__isnull=True), name="customer_point_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["value"], name="contact_point_value")]


class Tag(Entity):
    """A free word to group customers by."""

    name = models.CharField(max_length=60, unique=True)


class Tagging(models.Model):
    """A tag on a customer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="taggings")
    # Found by the constraint, which begins with it.
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tag", "customer"], name="tagging_once")]


class CustomField(Entity):
    """Typed definition of a value kept in `custom` of a customer, a contact or an opportunity."""

    about = models.CharField(max_length=12, choices=FieldAbout, default=FieldAbout.CUSTOMER)
    code = models.SlugField(max_length=40)
    label_zh = models.CharField(max_length=60)
    label_en = models.CharField(max_length=60)
    type = models.CharField(max_length=8, choices=FieldType, default=FieldType.TEXT)
    options = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["about", "code"], name="custom_field_code")]


class Nurture(Entity):
    """A spell out of pursuit; a nurturing one names the day to wake.

    Why a customer is gone is a code of the playbook's own list, so only the other kinds are worded by the choices.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="nurtures")
    kind = models.CharField(max_length=12, choices=NurtureKind)
    reason = models.CharField(max_length=20, choices=NurtureReason)
    note = models.CharField(max_length=300, blank=True, default="")
    began_on = models.DateField()
    wake_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AboutCustomerQuerySet["Nurture"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(ended_on__isnull=True), name="one_standing_nurture"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=(NurtureKind.DROPPED, NurtureKind.CHURNED)) | Q(wake_on__isnull=False),
                name="nurturing_has_a_wake_day",
            ),
        ]
