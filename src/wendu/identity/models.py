"""Organisation, stopped days, teams and users."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from wendu.identity import snapshot
from wendu.identity.choices import HolidaySource, HouseLanguage, Language, Role, Theme
from wendu.kernel.clock import today_in
from wendu.kernel.entity import Entity, Versioned

if TYPE_CHECKING:
    from datetime import date, datetime

DEFAULT_CAPACITY = 12
MONDAY_TO_FRIDAY = "12345"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads of the one organisation."""

    def current(self) -> Organisation:
        """Give the organisation from a short process cache; before set-up, unsaved defaults."""
        return snapshot.remembered("organisation", lambda: self.order_by("pk").first() or Organisation())


class Organisation(Entity, Versioned):
    """The one firm that works here: its time zone, currency and calendar judge every day and amount."""

    name = models.CharField(max_length=200, default="Wendu")
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    currency = models.CharField(max_length=3, default="CNY")
    calendar_code = models.CharField(max_length=8, default="CN", blank=True)
    year_starts_in = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=10, choices=HouseLanguage.choices, default=HouseLanguage.CHINESE)
    working_days = models.CharField(max_length=7, default=MONDAY_TO_FRIDAY, help_text="ISO weekdays: 1 is Monday")
    asks_a_minute = models.PositiveSmallIntegerField(default=600, help_text="searches and lists of one person; 0: any")
    jobs_a_minute = models.PositiveSmallIntegerField(default=20, help_text="large work one person begins; 0: any")
    jobs_at_once = models.PositiveSmallIntegerField(default=3, help_text="large work of one person at a time; 0: any")
    only = models.BooleanField(default=True, unique=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(only=True), name="identity_organisation_single"),
            models.CheckConstraint(condition=Q(year_starts_in__range=(1, 12)), name="identity_organisation_year_month"),
            models.CheckConstraint(condition=~Q(working_days=""), name="identity_organisation_works"),
        ]

    def __str__(self) -> str:
        return self.name

    def today(self, at: datetime) -> date:
        """Say which business day a moment is here."""
        return today_in(self.time_zone, at)

    def works_on(self, day: date) -> bool:
        """Tell whether the firm works on this weekday; days off of the calendar are another matter."""
        return str(day.isoweekday()) in self.working_days


class Holiday(models.Model):
    """A stopped day: no clock of the method runs on it (method: 3.4 temperature, public holidays)."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=10, choices=HolidaySource.choices, default=HolidaySource.MANUAL)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class TeamQuerySet(models.QuerySet["Team"]):
    """Reads of the team tree."""

    def open(self) -> TeamQuerySet:
        """Keep the teams people still work in."""
        return self.filter(closed_at__isnull=True)

    def under(self, *paths: str) -> TeamQuerySet:
        """Keep the teams at or below these paths; no path, no team."""
        within = Q(pk__in=[])
        for path in paths:
            within |= Q(path__startswith=path)
        return self.filter(within)


class Team(Entity, Versioned):
    """A team in the tree; `path` spells out the way from the top ("/1/4/") so that a branch is one prefix."""

    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=400, db_index=True, editable=False, default="")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="a closed team keeps its history, not its name")

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["parent", "name"], condition=Q(closed_at=None), name="identity_team_name_in_parent"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(parent=None, closed_at=None), name="identity_team_name_at_top"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """Say how deep the team lies; a top team is 1."""
        return self.path.count("/") - 1


class UserQuerySet(models.QuerySet["User"]):
    """Reads of users."""

    def active(self) -> UserQuerySet:
        """Keep the people who may log in."""
        return self.filter(is_active=True)

    def named(self, text: str) -> UserQuerySet:
        """Find people by login or full name, whatever the case."""
        return self.filter(Q(username__iexact=text.strip()) | Q(full_name__iexact=text.strip()))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users the way Django's tools expect; people are created through `actions.create_user`."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """Create a user with a hashed password."""
        user: User = self.model(username=self.model.normalize_username(username.strip()), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> User:
        """Create an administrator (Django's `createsuperuser`)."""
        return self.create_user(username, password, **{"role": Role.ADMIN, **fields})

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the login whatever the case; `Ann` and `ann` are one person."""
        user: User = self.get(username__iexact=(username or "").strip())
        return user


class User(Entity, Versioned, AbstractBaseUser):
    """A colleague who logs in."""

    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    full_name = models.CharField(max_length=150, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.REP)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="users")
    language = models.CharField(max_length=10, choices=Language.choices, blank=True, default=Language.BROWSER)
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    daily_capacity = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("username"), name="identity_user_username_any_case"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="identity_user_email"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="identity_user_role"),
            models.CheckConstraint(
                condition=Q(daily_capacity=None) | Q(daily_capacity__range=(1, 200)), name="identity_user_capacity"
            ),
        ]
        indexes: ClassVar = [models.Index(Lower("full_name"), name="identity_user_full_name")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name to show: the full name, else the login."""
        return self.full_name or self.username

    @property
    def day_capacity(self) -> int:
        """How many steps a day this person wants to plan."""
        return self.daily_capacity or DEFAULT_CAPACITY

    @property
    def is_admin(self) -> bool:
        """Tell whether this person runs the system."""
        return self.is_active and self.role == Role.ADMIN

    def get_full_name(self) -> str:
        """Answer Django and allauth, which ask for the name this way."""
        return self.display_name

    def get_short_name(self) -> str:
        """Answer Django and allauth, which ask for the name this way."""
        return self.display_name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def standing(self) -> InvitationQuerySet:
        """Keep those neither accepted nor withdrawn; one of them may still have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(Entity):
    """A link by which a new colleague chooses a password; it works once, until it runs out or is withdrawn."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="identity_invitation_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("invited_at")), name="identity_invitation_runs_out_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.invited_at:%Y-%m-%d}"

    def is_open(self, at: datetime) -> bool:
        """Tell whether the link still works."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
