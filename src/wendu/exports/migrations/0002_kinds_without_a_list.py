"""A new kind of table needs no step of its own, `choices.Kind` says which there are; who takes out has a longer index."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="export",
            name="export_kind",
        ),
        migrations.AlterField(
            model_name="export",
            name="actor",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="export",
            name="kind",
            field=models.CharField(help_text="one of `Kind`", max_length=14),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True),
                name="export_kind",
            ),
        ),
    ]
