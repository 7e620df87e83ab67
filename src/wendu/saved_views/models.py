"""Saved views, who pinned them, and for whom a list opens with which."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.identity.choices import Role
from wendu.identity.models import Team
from wendu.kernel.entity import Entity
from wendu.saved_views.choices import Audience, Place


class SavedView(Entity):
    """A list somebody gave a name: what its address asks for, and who else sees it."""

    place = models.CharField(max_length=20, choices=Place.choices)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=2000, blank=True, default="", help_text="what the address of the list asks for")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PRIVATE)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="saved_views_view_named"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="saved_views_view_audience"),
            models.CheckConstraint(
                condition=Q(audience=Audience.TEAM, team__isnull=False)
                | (~Q(audience=Audience.TEAM) & Q(team__isnull=True)),
                name="saved_views_view_team",
            ),
            models.UniqueConstraint(
                fields=["user", "place", "name"], condition=Q(deleted_at=None), name="saved_views_view_name_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["place", "audience"], condition=Q(deleted_at=None), name="saved_views_view_shared"),
        ]

    def __str__(self) -> str:
        return self.name


class Pin(models.Model):
    """Somebody keeps a view at hand."""

    id = models.BigAutoField(primary_key=True)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="pins")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "view"], name="saved_views_pin_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.view_id}"


class FirstView(models.Model):
    """What a list opens with: for one person, or for everybody of a role."""

    id = models.BigAutoField(primary_key=True)
    place = models.CharField(max_length=20, choices=Place.choices)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="firsts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(max_length=12, choices=Role.choices, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(user__isnull=False) & Q(role="")) | (Q(user__isnull=True) & Q(role__in=Role.values)),
                name="saved_views_first_of_one",
            ),
            models.UniqueConstraint(fields=["place", "user"], name="saved_views_first_per_person"),
            models.UniqueConstraint(fields=["place", "role"], condition=~Q(role=""), name="saved_views_first_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.user_id or self.role}"
