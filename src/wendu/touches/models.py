"""One logged interaction is the firewood; what hangs on it are rows of their own."""

from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wendu.customers.models import AboutCustomerQuerySet
from wendu.kernel.entity import Entity, Versioned
from wendu.touches.choices import (
    Answer,
    Axis,
    CommitmentState,
    PromiseState,
    QuietReason,
    Refusal,
    TouchKind,
    TouchOutcome,
)

M = TypeVar("M", bound=models.Model)


class TouchQuerySet(AboutCustomerQuerySet["Touch"]):
    """Filters of the log."""

    def standing(self) -> "TouchQuerySet":
        """Not undone."""
        return self.filter(undone_at__isnull=True)


class Touch(Entity, Versioned):
    """One interaction with a customer, optionally about one opportunity."""

    # Customer and author are found by the longer indexes below, which begin with them.
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="touches", db_index=False)
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.SET_NULL, null=True, blank=True, related_name="touches"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=TouchKind)
    touched_on = models.DateField(help_text="business day on which it happened")
    is_two_way = models.BooleanField(default=True)
    is_proactive = models.BooleanField(default=True, help_text="we started it, not a complaint or a fault")
    outcome = models.CharField(max_length=12, choices=TouchOutcome, default=TouchOutcome.NONE)
    advance_lacks = models.CharField(
        max_length=20, blank=True, default="", help_text="meant as an advance; which of who,what,when was missing"
    )
    closure = models.ForeignKey(
        "opportunities.Closure",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="touches",
        help_text="the deal this order won",
    )
    opened_the_deal = models.BooleanField(default=False, help_text="the deal it won was opened by this touch, too")
    refusal = models.CharField(max_length=10, choices=Refusal, blank=True, default="")
    objective = models.CharField(max_length=200, blank=True, default="")
    value_note = models.CharField(max_length=300, blank=True, default="")
    has_news = models.BooleanField(default=True, help_text="something new was learnt; without it the touch counts half")
    note = models.TextField(blank=True, default="")
    emotion_benefit = models.PositiveSmallIntegerField(null=True, blank=True)
    emotion_cost = models.PositiveSmallIntegerField(null=True, blank=True)
    guess = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="the author's own feel of the temperature"
    )
    agreed_on = models.DateField(null=True, blank=True, help_text="next date agreed with the customer")
    external_id = models.CharField(max_length=100, blank=True, default="")
    logged_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = TouchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="touch_external_id"),
            models.CheckConstraint(
                condition=Q(emotion_benefit__isnull=True) | Q(emotion_benefit__lte=10),
                name="touch_emotion_benefit_range",
            ),
            models.CheckConstraint(
                condition=Q(emotion_cost__isnull=True) | Q(emotion_cost__lte=10), name="touch_emotion_cost_range"
            ),
            models.CheckConstraint(condition=Q(guess__isnull=True) | Q(guess__lte=100), name="touch_guess_range"),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(outcome=TouchOutcome.NO_SALE), name="touch_refusal_needs_no_sale"
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(agreed_on__gte=F("touched_on")), name="touch_agreed_not_before"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-touched_on", "-id"], name="touch_of_customer"),
            models.Index(fields=["author", "-touched_on"], name="touch_of_author"),
        ]

    @property
    def has_bad_experience(self) -> bool:
        """Emotional value below zero: it cost the customer more than it gave."""
        if self.emotion_benefit is None or self.emotion_cost is None:
            return False
        return self.emotion_benefit < self.emotion_cost


class TouchContact(models.Model):
    """Who took part on the customer's side."""

    # Found by the constraint, which begins with it.
    touch = models.ForeignKey(Touch, models.CASCADE, related_name="participants", db_index=False)
    contact = models.ForeignKey("customers.Contact", models.CASCADE, related_name="touch_links")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["touch", "contact"], name="touch_contact_once")]


class OfTouchQuerySet(AboutCustomerQuerySet[M]):
    """Rows that hang on a touch stand and fall with it."""

    def standing(self) -> Self:
        """Not hanging on an undone touch."""
        return self.filter(Q(touch__isnull=True) | Q(touch__undone_at__isnull=True))


class OfTouch(Entity):
    """Something that came up in a touch and lives on until it is settled."""

    # Each that inherits this has a longer index that begins with the customer.
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="%(class)ss", db_index=False)
    touch = models.ForeignKey(Touch, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    contact = models.ForeignKey("customers.Contact", models.SET_NULL, null=True, blank=True, related_name="%(class)ss")

    class Meta:
        abstract = True


class Commitment(OfTouch):
    """What the customer agreed to do, by when."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=CommitmentState, default=CommitmentState.OPEN)
    settled_on = models.DateField(null=True, blank=True)

    objects = OfTouchQuerySet["Commitment"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=CommitmentState.OPEN, settled_on__isnull=True)
                | (~Q(state=CommitmentState.OPEN) & Q(settled_on__isnull=False)),
                name="commitment_settled_with_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "state", "due_on"], name="commitment_due"),
            models.Index(fields=["author", "due_on"], condition=Q(state="open"), name="commitment_open_of_author"),
        ]


class Promise(OfTouch):
    """What we agreed to do, by when; kept promises build trust."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=PromiseState, default=PromiseState.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    renewed_as = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="renews")

    objects = OfTouchQuerySet["Promise"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=PromiseState.OPEN, settled_on__isnull=True)
                | (~Q(state=PromiseState.OPEN) & Q(settled_on__isnull=False)),
                name="promise_settled_with_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "state", "due_on"], name="promise_due"),
            models.Index(fields=["author", "due_on"], condition=Q(state="open"), name="promise_open_of_author"),
        ]


class TailQuerySet(OfTouchQuerySet["Tail"]):
    """Filters of open problems."""

    def open(self) -> "TailQuerySet":
        """Not closed, or closed only in a touch that was undone since."""
        return self.standing().filter(Q(closed_on__isnull=True) | Q(closed_in__undone_at__isnull=False))


class Tail(OfTouch):
    """A problem left open; a class C customer must not be left with one."""

    what = models.CharField(max_length=300)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_in = models.ForeignKey(Touch, models.SET_NULL, null=True, blank=True, related_name="closed_tails")

    objects = TailQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "closed_on"], name="tail_of_customer")]


class IndicatorAnswer(models.Model):
    """One of the ten questions answered, with the evidence and its day."""

    # Found by the longer index below, which begins with it.
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="answers", db_index=False)
    touch = models.ForeignKey(Touch, models.CASCADE, null=True, blank=True, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    axis = models.CharField(max_length=12, choices=Axis)
    indicator = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField(choices=Answer)
    evidence = models.CharField(max_length=300, blank=True, default="")
    answered_on = models.DateField()

    objects = OfTouchQuerySet["IndicatorAnswer"].as_manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(value__lte=2), name="answer_value_0_to_2")]
        indexes: ClassVar = [models.Index(fields=["customer", "answered_on"], name="answer_of_customer")]


class QuietPeriodQuerySet(OfTouchQuerySet["QuietPeriod"]):
    """Filters of quiet periods."""

    def standing(self) -> "QuietPeriodQuerySet":
        """Neither withdrawn nor hanging on an undone touch."""
        return super().standing().filter(withdrawn_at__isnull=True)


class QuietPeriod(Entity):
    """Days on which the customer's clocks stand still."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="quiet_periods")
    touch = models.ForeignKey(Touch, models.CASCADE, null=True, blank=True, related_name="quiet_periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=10, choices=QuietReason)
    note = models.CharField(max_length=200, blank=True, default="")
    set_on = models.DateField(help_text="business day from which it was known")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = QuietPeriodQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="quiet_period_runs_forward"),
        ]
