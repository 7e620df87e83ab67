"""A new kind of table needs no step of its own, `choices.Kind` says which there are; who brings in has a longer index."""

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
            field=models.CharField(help_text="one of `Kind`", max_length=14),
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
            field=models.CharField(help_text="one of `Kind`", max_length=14),
        ),
        migrations.AddConstraint(
            model_name="columntemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True),
                name="column_template_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True),
                name="import_kind",
            ),
        ),
    ]
