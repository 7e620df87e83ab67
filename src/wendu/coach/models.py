"""What stands between two touches: one typed row per customer and per open deal, so that lists sort on indexes."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.access.querysets import VisibleQuerySet
from wendu.access.scope import scope_of
from wendu.coach.choices import Aspect
from wendu.kernel.entity import Entity


class Heat(models.Model):
    """Closed form of a temperature: the value at `heat_on`, then half-lives from `cools_from` on.

    `cool_key` = log2(heat) + axis(cools_from) / half_life orders one half-life exactly, where the axis
    counts running days of the organisation (days minus stopped days).
    """

    heat = models.FloatField(default=0.0)
    heat_on = models.DateField(null=True)
    counted_on = models.DateField(null=True, help_text="latest two-way touch or order")
    cools_from = models.DateField(null=True)
    cools_from_axis = models.IntegerField(null=True)
    half_life_days = models.FloatField(default=1.0)
    cool_key = models.FloatField(null=True)
    below_80_on = models.DateField(null=True)
    below_60_on = models.DateField(null=True)
    below_40_on = models.DateField(null=True)
    below_20_on = models.DateField(null=True)
    gap_on = models.DateField(null=True)
    severe_on = models.DateField(null=True)

    class Meta:
        abstract = True


class StandingQuerySet(VisibleQuerySet["Standing"]):
    """Standings are seen by whoever sees the customer; they carry its owner and team."""

    customer_path = "customer__"
    carries_scope = True

    def sight(self, user: Any) -> Q:
        """What it takes to be seen by a user, for a reader that tests row by row instead of collecting.

        Hidden says of a standing what deletion says of its customer, so no other table is asked.
        """
        scope, shown = scope_of(user), Q(is_hidden=False)
        if scope.sees_nothing:
            return Q(pk__in=())
        return shown if scope.sees_all else shown & self._within_copies(scope)


_WARMEST = ["half_life_days", "-cool_key", "customer"]  # equals by their key, so that a page can end between them
_HOTTEST = ["-heat", "customer"]
_TESTED = ["owner", "team", "is_hidden", "quadrant", "status", "latest_touch_on"]  # walked past without reading the row
_OF_GROUP = ["owner", "team", "is_hidden"]  # the same within a group of a list
_WHOSE = ["team", "is_hidden", "customer"]  # all it takes to be seen, so that counting reads no row
_OF_OWNER = [
    "heat",
    "team",
    "is_hidden",
    "latest_touch_on",
]  # all that is sorted and counted among an owner's customers


class Standing(Heat):
    """One customer as the method sees it, valid until the next fact or the next `due` row."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="standing")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("identity.Team", models.PROTECT, null=True, related_name="+", db_index=False)
    status = models.CharField(max_length=14)
    in_pursuit = models.BooleanField(default=True)
    is_hidden = models.BooleanField(default=False, help_text="deleted customers and buckets never show in lists")
    quadrant = models.CharField(max_length=1, blank=True, default="", help_text="empty: unclassified")
    is_provisional = models.BooleanField(default=False)
    willingness = models.FloatField(null=True, help_text="score of the axis, 0 to 100; empty: no question answered")
    need = models.FloatField(null=True, help_text="score of the axis, 0 to 100; empty: no question answered")
    class_since = models.DateField(null=True)
    window_from = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    deadline_on = models.DateField(null=True)
    hard_on = models.DateField(null=True)
    due_on = models.DateField(null=True, help_text="the day on which the next touch is due")
    revisit_on = models.DateField(null=True)
    reorder_on = models.DateField(null=True, help_text="the day on which an order is overdue by its own rhythm")
    review_on = models.DateField(null=True, help_text="the day on which class D is judged again")
    light_on = models.DateField(null=True, help_text="the day of the next light step of the nurture track")
    reply_on = models.DateField(null=True, help_text="the day on which the nurture track of a sleeper ended")
    wake_on = models.DateField(null=True)
    open_amount_minor = models.BigIntegerField(null=True)
    oldest_deal_on = models.DateField(null=True)
    stage = models.CharField(max_length=4, blank=True, default="", help_text="of the open deal that is furthest")
    latest_touch_on = models.DateField(null=True)
    latest_order_on = models.DateField(null=True)
    next_change_on = models.DateField(null=True)
    pack_version = models.CharField(max_length=40, default="")

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", *_WARMEST, "cools_from_axis", *_OF_OWNER], name="standing_owner_heat"),
            models.Index(fields=["team", *_WARMEST], name="standing_team_heat"),
            models.Index(fields=["quadrant", *_WARMEST, "cools_from_axis", *_OF_GROUP], name="standing_class_warmest"),
            models.Index(
                fields=["quadrant", *_HOTTEST, "cools_from_axis", "cool_key", *_OF_GROUP], name="standing_class_hottest"
            ),
            models.Index(fields=["stage", *_WARMEST, "cools_from_axis", *_OF_GROUP], name="standing_stage_warmest"),
            models.Index(
                fields=["stage", *_HOTTEST, "cools_from_axis", "cool_key", *_OF_GROUP], name="standing_stage_hottest"
            ),
            models.Index(fields=["status", *_WARMEST], name="standing_status_heat"),
            models.Index(fields=[*_WARMEST, "cools_from_axis", *_TESTED], name="standing_heat"),
            models.Index(fields=[*_HOTTEST, "cools_from_axis", "cool_key", *_TESTED], name="standing_hottest"),
            models.Index(fields=["owner", "due_on", *_WHOSE], name="standing_owner_due"),
            models.Index(fields=["owner", "gap_on"], name="standing_owner_gap"),
            models.Index(fields=["owner", "revisit_on"], name="standing_owner_revisit"),
            models.Index(fields=["owner", "deadline_on"], name="standing_owner_deadline"),
            models.Index(fields=["deadline_on", "customer"], name="standing_deadline"),
            models.Index(fields=["due_on", "customer"], name="standing_due"),
            models.Index(fields=["open_amount_minor", "customer"], name="standing_amount"),
            models.Index(fields=["latest_touch_on", "customer"], name="standing_latest"),
            models.Index(fields=["class_since", "customer"], name="standing_since"),
            models.Index(
                fields=["status", "quadrant", "deadline_on", "open_amount_minor", "owner", "team", "customer"],
                condition=Q(is_hidden=False),
                name="standing_board",  # all the sums of the board read; the rows stay closed
            ),
            models.Index(fields=["revisit_on"], condition=Q(revisit_on__isnull=False), name="standing_revisit"),
        ]


class Memory(models.Model):
    """What the method remembers of a customer; apart from the standing, so that lists never read it."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="memory")
    journey = models.JSONField(help_text="at the end of the latest day with facts")
    base = models.JSONField(help_text="at the end of the day with facts before that; the latest day is judged anew")
    folded = models.PositiveIntegerField(default=0, help_text="days folded so far; a checkpoint is kept every 200")


class DealStandingQuerySet(VisibleQuerySet["DealStanding"]):
    """Deal standings are seen by whoever sees the customer."""

    customer_path = "customer__"


class DealStanding(Heat):
    """One open opportunity: its own heat, and the life of its strike alert."""

    opportunity = models.OneToOneField(
        "opportunities.Opportunity", models.CASCADE, primary_key=True, related_name="standing"
    )
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="deal_standings")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("identity.Team", models.PROTECT, null=True, related_name="+")
    quadrant = models.CharField(max_length=1, blank=True, default="")
    stage = models.CharField(max_length=3, blank=True, default="")
    amount_minor = models.BigIntegerField(null=True, help_text="empty: unknown, or not in the currency of the house")
    opened_on = models.DateField(null=True, help_text="since when the deal is open; empty if nobody said")
    capped_from = models.DateField(null=True, help_text="from here on the heat is capped for want of an advance")
    strike_since = models.DateField(null=True)
    strike_rests_until = models.DateField(null=True)
    missed_on = models.DateField(null=True, help_text="the day on which an open strike alert was lost")
    reopens_on = models.DateField(null=True)

    objects = DealStandingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "strike_since"], name="deal_standing_strike"),
            models.Index(fields=["owner", "half_life_days", "-cool_key"], name="deal_standing_heat"),
            models.Index(
                fields=["half_life_days", "-cool_key", "opportunity", "cools_from_axis", "customer"],
                name="deal_standing_warmest",
            ),
            models.Index(fields=["-heat", "opportunity", "cools_from_axis", "customer"], name="deal_standing_hottest"),
            models.Index(
                fields=["stage", "-amount_minor", "-opportunity", "customer", "quadrant", "owner", "team"],
                name="deal_standing_stage",  # a column of the board in its order, and all its sums read
            ),
            models.Index(fields=["strike_since"], condition=Q(strike_since__isnull=False), name="deal_standing_open"),
            models.Index(fields=["missed_on"], condition=Q(missed_on__isnull=False), name="deal_standing_missed"),
        ]


class Checkpoint(models.Model):
    """The journey as it stood after every two hundredth day with facts, so that backdating replays little."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="checkpoints", db_index=False)
    on = models.DateField()
    folded = models.PositiveIntegerField()
    journey = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "on"], name="checkpoint_once_a_day")]


class ClassSpell(models.Model):
    """History of the class: from this day on, until the next row."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="class_spells", db_index=False)
    since = models.DateField()
    quadrant = models.CharField(max_length=1, blank=True, default="")
    is_override = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "since"], name="class_spell_once_a_day")]


class Requalification(models.Model):
    """A customer whose window ran out was looked at anew and kept; its window starts afresh."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="requalifications", db_index=False)
    on = models.DateField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "on"], name="requalified_once_a_day")]


class Preview(Entity):
    """What publishing a draft of a playbook would do to everybody, worked out without doing it."""

    pack = models.ForeignKey("packs.Pack", models.CASCADE, related_name="previews")
    revision = models.PositiveIntegerField(help_text="of the draft it was worked out for")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    customers = models.PositiveIntegerField(default=0, help_text="how many were looked at")


class Effect(models.Model):
    """One thing that would change about one customer."""

    preview = models.ForeignKey(Preview, models.CASCADE, related_name="effects", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    aspect = models.CharField(max_length=8, choices=Aspect.choices)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["preview", "aspect", "customer"], name="coach_effect_once")
        ]
