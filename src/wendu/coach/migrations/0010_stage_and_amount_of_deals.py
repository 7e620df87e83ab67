"""The stage and the amount of each open deal beside its heat, so that the board by stage reads one table."""

from typing import Any

from django.db import migrations, models
from django.db.models import Case, OuterRef, Subquery, When


def fill(apps: Any, editor: Any) -> None:
    """What stands in the deals; another currency than that of the house is no amount here."""
    here = editor.connection.alias  # a restored backup is migrated beside the database in use
    house = apps.get_model("identity", "Organisation").objects.using(here).first()
    deals = apps.get_model("opportunities", "Opportunity").objects.using(here).filter(pk=OuterRef("pk"))
    ours = Case(When(currency=house.currency if house else "", then="amount_minor"))
    apps.get_model("coach", "DealStanding").objects.using(here).update(
        stage=Subquery(deals.values("stage")), amount_minor=Subquery(deals.annotate(ours=ours).values("ours"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("coach", "0009_owner_index_holds_what_is_sorted"),
        ("identity", "0002_working_week_closed_teams_invitations"),
        ("opportunities", "0001_opportunities"),
    ]

    operations = [
        migrations.AddField("dealstanding", "stage", models.CharField(blank=True, default="", max_length=3)),
        migrations.AddField(
            "dealstanding",
            "amount_minor",
            models.BigIntegerField(help_text="empty: unknown, or not in the currency of the house", null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "dealstanding",
            models.Index(
                fields=["stage", "-amount_minor", "-opportunity", "customer", "quadrant", "owner", "team"],
                name="deal_standing_stage",
            ),
        ),
    ]
