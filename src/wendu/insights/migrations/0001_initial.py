import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("customers", "0002_fewer_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Study",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("on", models.DateField(unique=True)),
                ("pack_version", models.CharField(max_length=100)),
                ("currency", models.CharField(max_length=3)),
                ("buyers", models.PositiveIntegerField(default=0)),
                ("orders", models.PositiveIntegerField(default=0)),
                (
                    "kept",
                    models.JSONField(default=dict, help_text="per market, and in all: how many stayed, of how many"),
                ),
                ("status", models.CharField(blank=True, default="", help_text="what became of the fit", max_length=30)),
                (
                    "speaker",
                    models.CharField(
                        choices=[("rule", "The rule of the method"), ("model", "The fitted model")],
                        default="rule",
                        max_length=5,
                    ),
                ),
                ("horizon_days", models.PositiveSmallIntegerField(default=0)),
                ("parameters", models.JSONField(default=dict)),
                ("spending", models.JSONField(default=dict)),
                (
                    "backtest",
                    models.JSONField(default=dict, help_text="per forecaster the outcomes at each origin, and who won"),
                ),
                ("drift", models.JSONField(default=dict)),
                (
                    "pairs",
                    models.JSONField(
                        default=list, help_text="what goes with what: has, also, customers, share, lift, at least"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="score",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("on", models.DateField()),
                ("market", models.CharField(blank=True, default="", max_length=10)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("introduction", "introduction"),
                            ("growth", "growth"),
                            ("mature", "mature"),
                            ("dormant", "dormant"),
                            ("churned", "churned"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "stage_before",
                    models.CharField(
                        choices=[
                            ("introduction", "introduction"),
                            ("growth", "growth"),
                            ("mature", "mature"),
                            ("dormant", "dormant"),
                            ("churned", "churned"),
                        ],
                        help_text="a month earlier",
                        max_length=12,
                    ),
                ),
                ("order_days", models.PositiveIntegerField(default=0)),
                ("first_on", models.DateField(null=True)),
                ("latest_on", models.DateField(null=True)),
                (
                    "every_days",
                    models.PositiveIntegerField(help_text="the interval of orders; empty: none known", null=True),
                ),
                ("window_from", models.DateField(help_text="of the next order, by that interval", null=True)),
                ("expected_on", models.DateField(null=True)),
                ("window_to", models.DateField(null=True)),
                (
                    "over_on",
                    models.DateField(help_text="from then on nobody waits for the next order any more", null=True),
                ),
                ("every_source", models.CharField(blank=True, default="", help_text="own or product", max_length=7)),
                ("revenue_minor", models.BigIntegerField(default=0)),
                ("margin_minor", models.BigIntegerField(help_text="empty: the cost of a line is unknown", null=True)),
                ("first_minor", models.BigIntegerField(help_text="revenue of the first order day", null=True)),
                (
                    "yearly_minor",
                    models.BigIntegerField(default=0, help_text="what a year brings, on the basis of the value"),
                ),
                (
                    "current_minor",
                    models.BigIntegerField(help_text="what goes on, by the method; empty: unknown", null=True),
                ),
                ("chance", models.FloatField(help_text="of an order within the horizon, by the model", null=True)),
                ("alive", models.FloatField(help_text="of being there still, by the model", null=True)),
                (
                    "purchases",
                    models.FloatField(help_text="order days to expect within the horizon, by the model", null=True),
                ),
                ("to_come_minor", models.BigIntegerField(help_text="value to come, by the model", null=True)),
                (
                    "next_item",
                    models.CharField(blank=True, default="", help_text="what goes with what they have", max_length=200),
                ),
                ("next_because", models.CharField(blank=True, default="", help_text="what they have", max_length=200)),
                (
                    "next_share",
                    models.FloatField(help_text="of those who have it, how many have the other, too", null=True),
                ),
                ("next_lift", models.FloatField(help_text="how many times as often as by chance", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["stage", "-revenue_minor", "customer"], name="score_stage"),
                    models.Index(fields=["expected_on", "customer"], name="score_expected"),
                    models.Index(fields=["-chance", "customer"], name="score_chance"),
                    models.Index(
                        condition=models.Q(("next_item", ""), _negated=True),
                        fields=["-revenue_minor", "customer"],
                        name="score_next",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chance__isnull", True), models.Q(("chance__gte", 0), ("chance__lte", 1)), _connector="OR"
                        ),
                        name="score_chance_is_a_share",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "has",
                    models.CharField(help_text="what a customer has, as the lines of orders call it", max_length=200),
                ),
                ("also", models.CharField(help_text="what goes with it", max_length=200)),
                ("reason", models.CharField(help_text="why whoever has the one needs the other", max_length=300)),
                ("scenario", models.CharField(blank=True, default="", help_text="where and when", max_length=300)),
                ("talk", models.CharField(blank=True, default="", help_text="words to open with", max_length=300)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)), fields=("has", "also"), name="pairing_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("has", models.F("also")), _negated=True), name="pairing_of_two_things"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="pairing_has_a_reason"
                    ),
                ],
            },
        ),
    ]
