import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("jobs", "0001_job_rows")]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("key", models.CharField(blank=True, default="", max_length=120)),
                ("arguments", models.JSONField(blank=True, default=dict)),
                ("cursor", models.JSONField(blank=True, default=dict)),
                ("result", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("progress", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "attempts",
                    models.PositiveIntegerField(default=0, help_text="the fence: only the latest attempt may write"),
                ),
                ("stalls", models.PositiveSmallIntegerField(default=0, help_text="attempts in a row that got nowhere")),
                ("cancel_requested", models.BooleanField(default=False)),
                ("error", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("beat_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
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
                    models.Index(
                        condition=models.Q(("state__in", ("queued", "running"))),
                        fields=["beat_at"],
                        name="jobs_job_open",
                    ),
                    models.Index(fields=["actor", "-id"], name="jobs_job_of_actor"),
                    models.Index(fields=["kind", "-id"], name="jobs_job_of_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "running", "done", "failed", "cancelled"])),
                        name="jobs_job_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state__in", ("done", "failed", "cancelled"))),
                            models.Q(("ended_at__isnull", True), ("state__in", ("queued", "running"))),
                            _connector="OR",
                        ),
                        name="jobs_job_ended_has_moment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("queued", "running")), models.Q(("key", ""), _negated=True)),
                        fields=("key",),
                        name="jobs_job_one_open_per_key",
                    ),
                ],
            },
        ),
    ]
