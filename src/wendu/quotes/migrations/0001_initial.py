import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("quotes", "0001_first_tables")]

    initial = True

    dependencies = [
        ("identity", "__first__"),
        ("opportunities", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("awaiting", "Awaiting approval"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("valid_until", models.DateField()),
                ("tax_included", models.BooleanField(default=True)),
                ("payment_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "rebate",
                    models.DecimalField(
                        blank=True, decimal_places=2, default=0, help_text="per cent, paid back", max_digits=5
                    ),
                ),
                (
                    "extras",
                    models.CharField(blank=True, default="", help_text="anything else given on top", max_length=300),
                ),
                ("terms", models.TextField(blank=True, default="", help_text="delivery, warranty, how it is paid")),
                ("written_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotes",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "id"], name="quote_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("opportunity", "version"), name="quote_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "awaiting", "approved"))),
                        fields=("opportunity",),
                        name="one_open_quote_of_a_deal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rebate__gte", 0), ("rebate__lte", 100)), name="quote_rebate_0_to_100"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("item", models.CharField(max_length=200)),
                ("detail", models.CharField(blank=True, default="", max_length=300)),
                ("unit", models.CharField(blank=True, default="", max_length=20)),
                ("quantity", models.DecimalField(decimal_places=3, default=1, max_digits=12)),
                ("unit_minor", models.BigIntegerField()),
                ("list_minor", models.BigIntegerField(blank=True, null=True)),
                ("discount", models.DecimalField(blank=True, decimal_places=2, default=0, max_digits=5)),
                ("tax", models.DecimalField(blank=True, decimal_places=2, default=0, max_digits=5)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="quotes.quote"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("item", ""), _negated=True), name="quoteline_says_what"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="quoteline_some"),
                    models.CheckConstraint(
                        condition=models.Q(("unit_minor__gte", 0)), name="quoteline_price_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("discount__gte", 0), ("discount__lte", 100)),
                        name="quoteline_discount_0_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tax__gte", 0), ("tax__lte", 100)), name="quoteline_tax_0_to_100"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteMove",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("awaiting", "Awaiting approval"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("given", models.JSONField(blank=True, default=list)),
                ("cause", models.CharField(blank=True, default="", max_length=8)),
                ("moved_at", models.DateTimeField()),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="quotes.quote"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuoteSnapshot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("content", models.JSONField()),
                ("sent_at", models.DateTimeField()),
                (
                    "quote",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="snapshot", to="quotes.quote"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
