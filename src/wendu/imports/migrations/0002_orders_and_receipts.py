"""Orders and receipts are brought in, too; the index on who brings in goes where a longer one begins with it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="columntemplate",
            name="column_template_kind",
        ),
        migrations.RemoveConstraint(
            model_name="import",
            name="import_kind",
        ),
        migrations.AlterField(
            model_name="columntemplate",
            name="kind",
            field=models.CharField(
                choices=[
                    ("users", "Colleagues and teams"),
                    ("customers", "Customers"),
                    ("contacts", "Contacts"),
                    ("opportunities", "Opportunities"),
                    ("touches", "Touches"),
                    ("orders", "Orders"),
                    ("receipts", "Receipts"),
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
        migrations.AlterField(
            model_name="import",
            name="actor",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="kind",
            field=models.CharField(
                choices=[
                    ("users", "Colleagues and teams"),
                    ("customers", "Customers"),
                    ("contacts", "Contacts"),
                    ("opportunities", "Opportunities"),
                    ("touches", "Touches"),
                    ("orders", "Orders"),
                    ("receipts", "Receipts"),
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
        migrations.AddConstraint(
            model_name="columntemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "users",
                            "customers",
                            "contacts",
                            "opportunities",
                            "touches",
                            "orders",
                            "receipts",
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
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "users",
                            "customers",
                            "contacts",
                            "opportunities",
                            "touches",
                            "orders",
                            "receipts",
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
        ),
    ]
