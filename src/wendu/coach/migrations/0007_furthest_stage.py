"""The furthest stage of its open deals beside each standing."""

from typing import Any

from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


def fill_stages(apps: Any, editor: Any) -> None:
    """Open deals have a standing of their own; the furthest of them tells the stage."""
    here = editor.connection.alias  # a restored backup is migrated beside the database in use
    deals = apps.get_model("coach", "DealStanding").objects.using(here).order_by()
    furthest = deals.filter(customer_id=OuterRef("pk")).values("customer_id").annotate(far=Max("opportunity__stage"))
    standings = apps.get_model("coach", "Standing").objects.using(here)
    standings.update(stage=Coalesce(Subquery(furthest.values("far")), Value("")))


class Migration(migrations.Migration):
    dependencies = [
        ("coach", "0006_order_rhythm"),
        ("customers", "0002_filters_of_the_table"),
        ("identity", "0002_working_week_closed_teams_invitations"),
        ("opportunities", "0001_opportunities"),
    ]

    operations = [
        migrations.AddField(
            "standing",
            "stage",
            models.CharField(blank=True, default="", help_text="of the open deal that is furthest", max_length=4),
        ),
        migrations.RunPython(fill_stages, migrations.RunPython.noop),
    ]
