import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("coach", "0001_standings"),
        ("coach", "0002_orders_of_the_table"),
        ("coach", "0003_review_and_track"),
        ("coach", "0004_axes_of_the_class"),
        ("coach", "0005_previews"),
        ("coach", "0006_order_rhythm"),
        ("coach", "0007_furthest_stage"),
        ("coach", "0008_indexes_of_groups_and_deals"),
        ("coach", "0009_owner_index_holds_what_is_sorted"),
        ("coach", "0010_stage_and_amount_of_deals"),
    ]

    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("identity", "0001_initial"),
        ("identity", "__first__"),
        ("opportunities", "0001_initial"),
        ("packs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Memory",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="memory",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("journey", models.JSONField(help_text="at the end of the latest day with facts")),
                (
                    "base",
                    models.JSONField(
                        help_text="at the end of the day with facts before that; the latest day is judged anew"
                    ),
                ),
                (
                    "folded",
                    models.PositiveIntegerField(
                        default=0, help_text="days folded so far; a checkpoint is kept every 200"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Preview",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(help_text="of the draft it was worked out for")),
                ("asked_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("customers", models.PositiveIntegerField(default=0, help_text="how many were looked at")),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="previews", to="packs.pack"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("folded", models.PositiveIntegerField()),
                ("journey", models.JSONField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checkpoints", to="customers.customer"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("customer", "on"), name="checkpoint_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="ClassSpell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("quadrant", models.CharField(blank=True, default="", max_length=1)),
                ("is_override", models.BooleanField(default=False)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="class_spells",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("customer", "since"), name="class_spell_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="DealStanding",
            fields=[
                ("heat", models.FloatField(default=0.0)),
                ("heat_on", models.DateField(null=True)),
                ("counted_on", models.DateField(help_text="latest two-way touch or order", null=True)),
                ("cools_from", models.DateField(null=True)),
                ("cools_from_axis", models.IntegerField(null=True)),
                ("half_life_days", models.FloatField(default=1.0)),
                ("cool_key", models.FloatField(null=True)),
                ("below_80_on", models.DateField(null=True)),
                ("below_60_on", models.DateField(null=True)),
                ("below_40_on", models.DateField(null=True)),
                ("below_20_on", models.DateField(null=True)),
                ("gap_on", models.DateField(null=True)),
                ("severe_on", models.DateField(null=True)),
                (
                    "opportunity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="opportunities.opportunity",
                    ),
                ),
                ("quadrant", models.CharField(blank=True, default="", max_length=1)),
                ("stage", models.CharField(blank=True, default="", max_length=3)),
                (
                    "amount_minor",
                    models.BigIntegerField(help_text="empty: unknown, or not in the currency of the house", null=True),
                ),
                (
                    "opened_on",
                    models.DateField(help_text="since when the deal is open; empty if nobody said", null=True),
                ),
                (
                    "capped_from",
                    models.DateField(help_text="from here on the heat is capped for want of an advance", null=True),
                ),
                ("strike_since", models.DateField(null=True)),
                ("strike_rests_until", models.DateField(null=True)),
                ("missed_on", models.DateField(help_text="the day on which an open strike alert was lost", null=True)),
                ("reopens_on", models.DateField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deal_standings",
                        to="customers.customer",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.team"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "strike_since"], name="deal_standing_strike"),
                    models.Index(fields=["owner", "half_life_days", "-cool_key"], name="deal_standing_heat"),
                    models.Index(
                        fields=["half_life_days", "-cool_key", "opportunity", "cools_from_axis", "customer"],
                        name="deal_standing_warmest",
                    ),
                    models.Index(
                        fields=["-heat", "opportunity", "cools_from_axis", "customer"], name="deal_standing_hottest"
                    ),
                    models.Index(
                        fields=["stage", "-amount_minor", "-opportunity", "customer", "quadrant", "owner", "team"],
                        name="deal_standing_stage",
                    ),
                    models.Index(
                        condition=models.Q(("strike_since__isnull", False)),
                        fields=["strike_since"],
                        name="deal_standing_open",
                    ),
                    models.Index(
                        condition=models.Q(("missed_on__isnull", False)),
                        fields=["missed_on"],
                        name="deal_standing_missed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Effect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "aspect",
                    models.CharField(
                        choices=[
                            ("class", "Class"),
                            ("window", "Signing window"),
                            ("due", "Next due day"),
                            ("gap", "Cold gap begins"),
                            ("heat", "Temperature today"),
                            ("strike", "Open strike alerts"),
                        ],
                        max_length=8,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=40)),
                ("after", models.CharField(blank=True, max_length=40)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "preview",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effects",
                        to="coach.preview",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("preview", "aspect", "customer"), name="coach_effect_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Requalification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("reason", models.CharField(max_length=300)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requalifications",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("customer", "on"), name="requalified_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("heat", models.FloatField(default=0.0)),
                ("heat_on", models.DateField(null=True)),
                ("counted_on", models.DateField(help_text="latest two-way touch or order", null=True)),
                ("cools_from", models.DateField(null=True)),
                ("cools_from_axis", models.IntegerField(null=True)),
                ("half_life_days", models.FloatField(default=1.0)),
                ("cool_key", models.FloatField(null=True)),
                ("below_80_on", models.DateField(null=True)),
                ("below_60_on", models.DateField(null=True)),
                ("below_40_on", models.DateField(null=True)),
                ("below_20_on", models.DateField(null=True)),
                ("gap_on", models.DateField(null=True)),
                ("severe_on", models.DateField(null=True)),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("status", models.CharField(max_length=14)),
                ("in_pursuit", models.BooleanField(default=True)),
                (
                    "is_hidden",
                    models.BooleanField(default=False, help_text="deleted customers and buckets never show in lists"),
                ),
                ("quadrant", models.CharField(blank=True, default="", help_text="empty: unclassified", max_length=1)),
                ("is_provisional", models.BooleanField(default=False)),
                (
                    "willingness",
                    models.FloatField(help_text="score of the axis, 0 to 100; empty: no question answered", null=True),
                ),
                (
                    "need",
                    models.FloatField(help_text="score of the axis, 0 to 100; empty: no question answered", null=True),
                ),
                ("class_since", models.DateField(null=True)),
                ("window_from", models.DateField(null=True)),
                ("expected_on", models.DateField(null=True)),
                ("deadline_on", models.DateField(null=True)),
                ("hard_on", models.DateField(null=True)),
                ("due_on", models.DateField(help_text="the day on which the next touch is due", null=True)),
                ("revisit_on", models.DateField(null=True)),
                (
                    "reorder_on",
                    models.DateField(help_text="the day on which an order is overdue by its own rhythm", null=True),
                ),
                ("review_on", models.DateField(help_text="the day on which class D is judged again", null=True)),
                (
                    "light_on",
                    models.DateField(help_text="the day of the next light step of the nurture track", null=True),
                ),
                (
                    "reply_on",
                    models.DateField(help_text="the day on which the nurture track of a sleeper ended", null=True),
                ),
                ("wake_on", models.DateField(null=True)),
                ("open_amount_minor", models.BigIntegerField(null=True)),
                ("oldest_deal_on", models.DateField(null=True)),
                (
                    "stage",
                    models.CharField(
                        blank=True, default="", help_text="of the open deal that is furthest", max_length=4
                    ),
                ),
                ("latest_touch_on", models.DateField(null=True)),
                ("latest_order_on", models.DateField(null=True)),
                ("next_change_on", models.DateField(null=True)),
                ("pack_version", models.CharField(default="", max_length=40)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=[
                            "owner",
                            "half_life_days",
                            "-cool_key",
                            "customer",
                            "cools_from_axis",
                            "heat",
                            "team",
                            "is_hidden",
                            "latest_touch_on",
                        ],
                        name="standing_owner_heat",
                    ),
                    models.Index(fields=["team", "half_life_days", "-cool_key", "customer"], name="standing_team_heat"),
                    models.Index(
                        fields=[
                            "quadrant",
                            "half_life_days",
                            "-cool_key",
                            "customer",
                            "cools_from_axis",
                            "owner",
                            "team",
                            "is_hidden",
                        ],
                        name="standing_class_warmest",
                    ),
                    models.Index(
                        fields=[
                            "quadrant",
                            "-heat",
                            "customer",
                            "cools_from_axis",
                            "cool_key",
                            "owner",
                            "team",
                            "is_hidden",
                        ],
                        name="standing_class_hottest",
                    ),
                    models.Index(
                        fields=[
                            "stage",
                            "half_life_days",
                            "-cool_key",
                            "customer",
                            "cools_from_axis",
                            "owner",
                            "team",
                            "is_hidden",
                        ],
                        name="standing_stage_warmest",
                    ),
                    models.Index(
                        fields=[
                            "stage",
                            "-heat",
                            "customer",
                            "cools_from_axis",
                            "cool_key",
                            "owner",
                            "team",
                            "is_hidden",
                        ],
                        name="standing_stage_hottest",
                    ),
                    models.Index(
                        fields=["status", "half_life_days", "-cool_key", "customer"], name="standing_status_heat"
                    ),
                    models.Index(
                        fields=[
                            "half_life_days",
                            "-cool_key",
                            "customer",
                            "cools_from_axis",
                            "owner",
                            "team",
                            "is_hidden",
                            "quadrant",
                            "status",
                            "latest_touch_on",
                        ],
                        name="standing_heat",
                    ),
                    models.Index(
                        fields=[
                            "-heat",
                            "customer",
                            "cools_from_axis",
                            "cool_key",
                            "owner",
                            "team",
                            "is_hidden",
                            "quadrant",
                            "status",
                            "latest_touch_on",
                        ],
                        name="standing_hottest",
                    ),
                    models.Index(fields=["owner", "due_on"], name="standing_owner_due"),
                    models.Index(fields=["owner", "gap_on"], name="standing_owner_gap"),
                    models.Index(fields=["owner", "revisit_on"], name="standing_owner_revisit"),
                    models.Index(fields=["owner", "deadline_on"], name="standing_owner_deadline"),
                    models.Index(fields=["deadline_on", "customer"], name="standing_deadline"),
                    models.Index(fields=["due_on", "customer"], name="standing_due"),
                    models.Index(fields=["open_amount_minor", "customer"], name="standing_amount"),
                    models.Index(fields=["latest_touch_on", "customer"], name="standing_latest"),
                    models.Index(fields=["class_since", "customer"], name="standing_since"),
                    models.Index(
                        condition=models.Q(("is_hidden", False)),
                        fields=["status", "quadrant", "deadline_on", "open_amount_minor", "owner", "team", "customer"],
                        name="standing_board",
                    ),
                    models.Index(
                        condition=models.Q(("revisit_on__isnull", False)),
                        fields=["revisit_on"],
                        name="standing_revisit",
                    ),
                ],
            },
        ),
    ]
