import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("readings", "0001_readings_and_overrides")]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("code", models.CharField(max_length=60)),
                ("value", models.JSONField(blank=True, null=True)),
                ("band", models.CharField(blank=True, default="", max_length=40)),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("missing", models.JSONField(blank=True, default=list)),
                ("provisional", models.BooleanField(default=False)),
                ("pack_version", models.CharField(max_length=60)),
                ("as_of", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "code"), name="readings_reading_one_per_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("code", models.CharField(max_length=60)),
                ("value", models.JSONField()),
                ("reason", models.CharField(max_length=500)),
                ("set_at", models.DateTimeField()),
                ("from_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id", "-id"], name="readings_override_subject")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("subject_kind", "subject_id", "code"),
                        name="readings_override_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="readings_override_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gt", models.F("from_on"))),
                        name="readings_override_expires_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_on__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="readings_override_end_has_day",
                    ),
                ],
            },
        ),
    ]
