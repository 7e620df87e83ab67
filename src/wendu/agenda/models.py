"""Steps a person planned, snoozes, what falls due by itself, and notifications."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.agenda.choices import NoticeKind, StepSource
from wendu.kernel.entity import Entity, kind_of


class StepQuerySet(models.QuerySet["Step"]):
    """Filters of steps."""

    def open(self) -> StepQuerySet:
        """Keep what is neither done nor cancelled."""
        return self.filter(done_at__isnull=True, cancelled_at__isnull=True)

    def of(self, user: models.Model) -> StepQuerySet:
        """Keep the steps one person has to take."""
        return self.filter(user_id=user.pk)

    def planned_by(self, on: date) -> StepQuerySet:
        """Keep what is planned for that day or before."""
        return self.filter(planned_on__lte=on)


class Step(Entity):
    """One thing a person means to do about a customer on a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField()
    play = models.CharField(max_length=80, blank=True, default="", help_text="key of the play it follows")
    do = models.CharField(max_length=500)
    objective = models.CharField(max_length=500, blank=True, default="")
    planned_on = models.DateField()
    source = models.CharField(max_length=10, choices=StepSource.choices, default=StepSource.HUMAN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(do=""), name="agenda_step_says_what"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(cancelled_at__isnull=True), name="agenda_step_ends_once"
            ),
            models.CheckConstraint(condition=Q(source__in=StepSource.values), name="agenda_step_source"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "planned_on"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="agenda_step_open_of_user",
            ),
            models.Index(fields=["customer_id", "planned_on"], name="agenda_step_customer"),
        ]

    def __str__(self) -> str:
        return self.do

    @property
    def is_open(self) -> bool:
        """Tell whether it still has to be done."""
        return self.done_at is None and self.cancelled_at is None


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    """Filters of snoozes."""

    def standing(self, on: date) -> SnoozeQuerySet:
        """Keep what still rests on that day."""
        return self.filter(ended_at__isnull=True, until_on__gt=on)


class Snooze(Entity):
    """A customer one person does not want to see in the plan until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    customer_id = models.BigIntegerField()
    until_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "customer_id"], condition=Q(ended_at__isnull=True), name="agenda_snooze_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} until {self.until_on}"


class DueQuerySet(models.QuerySet["Due"]):
    """Filters of due rows."""

    def about(self, subject: models.Model) -> DueQuerySet:
        """Keep what waits for one thing."""
        return self.filter(subject_kind=kind_of(subject), subject_id=subject.pk)

    def ripe(self, at: datetime) -> DueQuerySet:
        """Keep what is to be handled by now; a failed one only when its next try has come."""
        return self.filter(try_at__lte=at)


class Due(models.Model):
    """What must be written at an instant although nobody acts: a rule and the thing it is about."""

    id = models.BigAutoField(primary_key=True)
    rule = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    try_at = models.DateTimeField(help_text="due_at, or later after a failure")
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True, default="")

    objects = DueQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "rule"], name="agenda_due_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["try_at", "id"], name="agenda_due_next")]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject_kind} {self.subject_id} at {self.due_at}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Filters of notifications."""

    def of(self, user: models.Model) -> NotificationQuerySet:
        """Keep what one person was told."""
        return self.filter(user_id=user.pk)

    def in_app(self) -> NotificationQuerySet:
        """Keep what its person wants to read here."""
        return self.filter(in_app=True)

    def to_mail(self) -> NotificationQuerySet:
        """Keep what waits to be mailed."""
        return self.filter(mail_due=True)

    def unread(self) -> NotificationQuerySet:
        """Keep what was not read yet."""
        return self.filter(read_at__isnull=True)


class Notification(Entity):
    """Something a person should know, as a code and its numbers; the words belong to the doors."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=60)
    key = models.CharField(max_length=120, blank=True, default="", help_text="told once per key")
    params = models.JSONField(default=dict, blank=True)
    customer_uuid = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    in_app = models.BooleanField(default=True, help_text="wanted in the app when it was told")
    mail_due = models.BooleanField(default=False, help_text="wanted by mail, and not mailed yet")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], condition=~Q(key=""), name="agenda_notification_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-at", "-id"], name="agenda_notification_newest"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="agenda_notification_unread"),
            models.Index(fields=["user"], condition=Q(mail_due=True), name="agenda_notification_to_mail"),
        ]

    def __str__(self) -> str:
        return self.code


class NoticeChoice(models.Model):
    """How one person wants to hear of one kind of thing; without a row the default of the role holds."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60, choices=NoticeKind.choices)
    in_app = models.BooleanField()
    by_mail = models.BooleanField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind"], name="agenda_notice_choice_once")]

    def __str__(self) -> str:
        return self.kind


class Letter(models.Model):
    """A letter of one day to one person: written before it is sent, so that nobody gets it twice."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True, help_text="empty while on its way, or if there was no news")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind", "on"], name="agenda_letter_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class FeedQuerySet(models.QuerySet["Feed"]):
    """Filters of calendar feeds."""

    def standing(self) -> FeedQuerySet:
        """Keep those whose address still works."""
        return self.filter(revoked_at__isnull=True)


class Feed(Entity):
    """A secret address under which a person's own calendar programme reads the days ahead; the secret is not kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="noted once an hour")

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="agenda_feed_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.made_at}"
