"""A new kind of table needs no step of its own: which kinds there are is said in one place, `choices.Kind`."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0002_orders_and_receipts"),
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
            field=models.CharField(help_text="one of `Kind`", max_length=14),
        ),
        migrations.AlterField(
            model_name="import",
            name="kind",
            field=models.CharField(help_text="one of `Kind`", max_length=14),
        ),
        migrations.AddConstraint(
            model_name="columntemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True), name="column_template_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="import_kind"),
        ),
    ]
