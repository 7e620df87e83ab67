import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("imports", "0001_files_brought_in"),
        ("imports", "0002_fill_blanks_sheets_and_templates"),
        ("imports", "0003_kinds_of_findings"),
    ]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ColumnTemplate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("users", "Colleagues and teams"),
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
                        ],
                        max_length=14,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("columns", models.JSONField()),
                (
                    "on_match",
                    models.CharField(
                        choices=[
                            ("update", "Update them with what the file says; empty cells change nothing"),
                            ("fill", "Fill in what is empty; what is written down stays"),
                            ("skip", "Leave them as they are; only new rows come in"),
                        ],
                        default="update",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "name"), name="column_template_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "users",
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
                                ],
                            )
                        ),
                        name="column_template_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_match__in", ["update", "fill", "skip"])),
                        name="column_template_on_match",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("users", "Colleagues and teams"),
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
                        ],
                        max_length=14,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("suffix", models.CharField(max_length=8)),
                ("header", models.JSONField()),
                ("samples", models.JSONField(default=list)),
                ("sheet", models.CharField(blank=True, default="", max_length=100)),
                ("sheets", models.JSONField(default=list)),
                ("rows", models.PositiveIntegerField()),
                ("columns", models.JSONField(default=dict)),
                (
                    "on_match",
                    models.CharField(
                        choices=[
                            ("update", "Update them with what the file says; empty cells change nothing"),
                            ("fill", "Fill in what is empty; what is written down stays"),
                            ("skip", "Leave them as they are; only new rows come in"),
                        ],
                        default="update",
                        max_length=8,
                    ),
                ),
                ("trial", models.JSONField(null=True)),
                ("counts", models.JSONField(default=dict)),
                ("uploaded_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("undoing_at", models.DateTimeField(help_text="since when it is being taken back", null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "returned",
                    models.JSONField(default=dict, help_text="how many things were taken back, and how many stayed"),
                ),
                ("forgotten_at", models.DateTimeField(help_text="since when the file itself is gone", null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="imports.columntemplate",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["actor", "-id"], name="import_of_actor"),
                    models.Index(fields=["kind", "-id"], name="import_of_kind"),
                    models.Index(
                        condition=models.Q(("forgotten_at__isnull", True)), fields=["uploaded_at"], name="import_kept"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "users",
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
                                ],
                            )
                        ),
                        name="import_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_match__in", ["update", "fill", "skip"])), name="import_on_match"
                    ),
                ],
            },
        ),
    ]
