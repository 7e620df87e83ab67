import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("handovers", "0001_hand_a_book_over")]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "split_by",
                    models.CharField(
                        choices=[
                            ("none", "everything to one person"),
                            ("class", "by class"),
                            ("region", "by region"),
                            ("team", "by team"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("takers", models.JSONField(help_text="user key by part; the empty part is everything else")),
                ("begun_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undoing_at", models.DateTimeField(help_text="since when it is being taken back", null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "leaver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("split_by__in", ["none", "class", "region", "team"])), name="handover_split"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True)), fields=("leaver",), name="handover_one_at_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "thing",
                    models.CharField(
                        choices=[
                            ("customer", "customers"),
                            ("deal", "deals"),
                            ("step", "planned steps"),
                            ("collaboration", "collaborations"),
                        ],
                        max_length=14,
                    ),
                ),
                ("thing_id", models.BigIntegerField()),
                (
                    "joined",
                    models.BooleanField(default=False, help_text="the taker worked on it beside the owner before"),
                ),
                ("was_left", models.BooleanField(default=False, help_text="it could not be handed over")),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "was_kept",
                    models.BooleanField(default=False, help_text="others changed it since, so it did not go back"),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="handovers.handover"
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("handover", "thing", "thing_id"), name="handover_move_once")
                ],
            },
        ),
    ]
