import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("exports", "0001_first_tables"),
        ("exports", "0002_whole_account"),
        ("exports", "0003_kinds_of_findings"),
    ]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("customers", "Customers"),
                            ("contacts", "Contacts"),
                            ("opportunities", "Opportunities"),
                            ("touches", "Touches"),
                            ("commitments", "What customers agreed to do"),
                            ("promises", "Our promises"),
                            ("influencers", "Who decides"),
                            ("demands", "Requests and needs"),
                            ("rewordings", "Requests told back"),
                            ("criteria", "What they decide by"),
                            ("effects", "What they gain"),
                            ("trust_ratings", "Trust"),
                            ("interests", "Interests"),
                            ("benefit_cards", "Benefit cards"),
                            ("value_messages", "Value messages"),
                            ("concerns", "Concerns"),
                            ("worths", "Value and cost"),
                            ("competitors", "Competitors"),
                            ("expectations", "Expectations"),
                            ("deal_sheets", "Deal sheets"),
                            ("quote_lines", "Lines of quotes"),
                            ("account", "Whole account"),
                        ],
                        max_length=14,
                    ),
                ),
                ("query", models.TextField(blank=True, default="")),
                (
                    "columns",
                    models.CharField(
                        choices=[("shown", "Those the list shows"), ("all", "Every column there is")],
                        default="all",
                        max_length=5,
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)"), ("zip", "ZIP")], default="csv", max_length=4
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("rows", models.PositiveIntegerField(null=True)),
                ("size", models.PositiveBigIntegerField(help_text="of the file, in bytes", null=True)),
                ("problem", models.CharField(blank=True, default="", max_length=500)),
                ("done_at", models.DateTimeField(null=True)),
                ("forgotten_at", models.DateTimeField(help_text="since when the file is gone", null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["actor", "-id"], name="export_of_actor"),
                    models.Index(
                        condition=models.Q(("forgotten_at__isnull", True)), fields=["asked_at"], name="export_kept"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "customers",
                                    "contacts",
                                    "opportunities",
                                    "touches",
                                    "commitments",
                                    "promises",
                                    "influencers",
                                    "demands",
                                    "rewordings",
                                    "criteria",
                                    "effects",
                                    "trust_ratings",
                                    "interests",
                                    "benefit_cards",
                                    "value_messages",
                                    "concerns",
                                    "worths",
                                    "competitors",
                                    "expectations",
                                    "deal_sheets",
                                    "quote_lines",
                                    "account",
                                ],
                            )
                        ),
                        name="export_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("columns__in", ["shown", "all"])), name="export_columns"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ending__in", ["csv", "xlsx", "zip"])), name="export_ending"
                    ),
                ],
            },
        ),
    ]
