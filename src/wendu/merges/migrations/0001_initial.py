import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("merges", "0001_merges_and_their_traces"), ("merges", "0002_pairs_that_may_be_one")]

    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("customer", "customer"), ("contact", "person")], default="customer", max_length=8
                    ),
                ),
                ("kept_name", models.CharField(help_text="how each was called when they were merged", max_length=200)),
                ("gone_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("moved", models.JSONField(default=dict, help_text="how many rows of each kind moved")),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "stayed",
                    models.JSONField(default=dict, help_text="what happened since and stayed when they were parted"),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.contact"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="customers.customer"
                    ),
                ),
                (
                    "gone_contact",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.contact"
                    ),
                ),
                (
                    "gone_customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="merges_merge_latest",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact__isnull", True), ("gone_customer__isnull", False), ("kind", "customer")),
                            models.Q(("contact__isnull", False), ("gone_contact__isnull", False), ("kind", "contact")),
                            _connector="OR",
                        ),
                        name="merges_merge_of_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("gone_customer",),
                        name="merges_customer_goes_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("gone_contact",),
                        name="merges_contact_goes_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job_id", models.BigIntegerField(help_text="the machine work that scans")),
                ("key", models.BigIntegerField(help_text="the key as a number")),
                ("member", models.BigIntegerField(help_text="key of the customer")),
            ],
            options={
                "indexes": [models.Index(fields=["job_id", "key", "member"], name="merges_block_key")],
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "merge",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="trace",
                        serialize=False,
                        to="merges.merge",
                    ),
                ),
                (
                    "latest_entry",
                    models.BigIntegerField(help_text="what the journal says after this one happened since"),
                ),
                ("written", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("begun_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("customers", models.PositiveIntegerField(default=0)),
                (
                    "crowded",
                    models.PositiveIntegerField(
                        default=0, help_text="keys that more customers share than are compared"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField()),
                ("reasons", models.JSONField(default=list)),
                (
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pairs", to="merges.scan"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-score", "id"], name="merges_pair_best")],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="merges_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="merges_pair_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Distinct",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("said_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("first", "second"),
                        name="merges_distinct_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="merges_distinct_in_order"
                    ),
                ],
            },
        ),
    ]
