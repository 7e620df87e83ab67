"""Filling in only what is empty, a chosen sheet of a workbook, and columns kept as a template."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_files_brought_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
            ],
        ),
        migrations.RemoveConstraint(
            model_name="import",
            name="import_on_match",
        ),
        migrations.AddField(
            model_name="import",
            name="sheet",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="import",
            name="sheets",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="import",
            name="on_match",
            field=models.CharField(
                choices=[
                    ("update", "Update them with what the file says; empty cells change nothing"),
                    ("fill", "Fill in what is empty; what is written down stays"),
                    ("skip", "Leave them as they are; only new rows come in"),
                ],
                default="update",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="columntemplate",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="template",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="imports.columntemplate"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("on_match__in", ["update", "fill", "skip"])), name="import_on_match"
            ),
        ),
        migrations.AddConstraint(
            model_name="columntemplate",
            constraint=models.UniqueConstraint(fields=("kind", "name"), name="column_template_name"),
        ),
        migrations.AddConstraint(
            model_name="columntemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["users", "customers", "contacts", "opportunities", "touches"])),
                name="column_template_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="columntemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("on_match__in", ["update", "fill", "skip"])), name="column_template_on_match"
            ),
        ),
    ]
