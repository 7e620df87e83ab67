"""A new kind of table needs no step of its own: which kinds there are is said in one place, `choices.Kind`."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0002_orders_and_receipts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="export",
            name="export_kind",
        ),
        migrations.AlterField(
            model_name="export",
            name="kind",
            field=models.CharField(help_text="one of `Kind`", max_length=14),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="export_kind"),
        ),
    ]
