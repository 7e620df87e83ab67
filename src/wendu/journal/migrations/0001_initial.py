import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.clock
import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("journal", "0001_entries_and_receipts"), ("journal", "0003_audit_log")]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("verb", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("web", "Web page"),
                            ("cli", "Command line"),
                            ("import", "Import"),
                            ("job", "Background job"),
                            ("api", "Interface (API)"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("root_kind", models.CharField(blank=True, default="", max_length=40)),
                ("root_id", models.BigIntegerField(blank=True, null=True)),
                ("before", models.JSONField(blank=True, null=True)),
                ("after", models.JSONField(blank=True, null=True)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("root_kind"),
                        models.F("root_id"),
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="journal_entry_root",
                    ),
                    models.Index(
                        models.F("subject_kind"),
                        models.F("subject_id"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="journal_entry_subject",
                    ),
                    models.Index(
                        models.F("actor"),
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        models.F("verb"),
                        models.F("subject_kind"),
                        name="journal_entry_person",
                    ),
                    models.Index(
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="journal_entry_at",
                    ),
                    models.Index(
                        models.F("verb"),
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        models.F("subject_kind"),
                        name="journal_entry_verb",
                    ),
                    models.Index(
                        models.F("subject_kind"),
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="journal_entry_kind",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("verb", ""), _negated=True), name="journal_entry_verb"),
                    models.CheckConstraint(
                        condition=models.Q(("door__in", ["web", "cli", "import", "job", "api"])),
                        name="journal_entry_door",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("root_id", None), ("root_kind", "")),
                            models.Q(models.Q(("root_kind", ""), _negated=True), ("root_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="journal_entry_root_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=100)),
                ("verb", models.CharField(max_length=60)),
                ("subject_uuid", models.UUIDField(blank=True, null=True)),
                ("at", models.DateTimeField(db_index=True, default=wendu.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("actor", "key"), name="journal_receipt_once")],
            },
        ),
    ]
