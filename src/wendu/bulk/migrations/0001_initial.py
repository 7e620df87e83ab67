import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("bulk", "0001_customers_at_once"), ("bulk", "0002_own_fields_at_once")]

    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("owner", "Hand over"),
                            ("tag", "Tag"),
                            ("step", "Plan a step"),
                            ("field", "Set an own field"),
                            ("delete", "Delete"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "query",
                    models.CharField(blank=True, default="", help_text="the list it was begun from", max_length=4000),
                ),
                ("is_all", models.BooleanField(default=False)),
                ("picks", models.JSONField(default=list, help_text="keys of the picked customers")),
                ("told", models.JSONField(default=dict)),
                ("upto", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("undoing_at", models.DateTimeField(help_text="since when it is being taken back", null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undoing_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["actor", "-id"], name="bulk_batch_of_actor")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("deed__in", ["owner", "tag", "step", "field", "delete"])),
                        name="bulk_batch_deed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "changed"), ("already", "already so"), ("denied", "not yours to change")],
                        max_length=8,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "was_kept",
                    models.BooleanField(default=False, help_text="somebody changed it since, so it did not go back"),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="bulk.batch"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "customer"), name="bulk_change_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["done", "already", "denied"])), name="bulk_change_outcome"
                    ),
                ],
            },
        ),
    ]
