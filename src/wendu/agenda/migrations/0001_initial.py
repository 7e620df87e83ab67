import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("agenda", "0001_steps_snoozes_dues_notifications"),
        ("agenda", "0002_notice_choices_and_letters"),
        ("agenda", "0003_calendar_feed"),
        ("agenda", "0004_kinds_about_the_book"),
    ]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rule", models.CharField(max_length=60)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("due_at", models.DateTimeField()),
                ("try_at", models.DateTimeField(help_text="due_at, or later after a failure")),
                ("failures", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
            ],
            options={
                "indexes": [models.Index(fields=["try_at", "id"], name="agenda_due_next")],
                "constraints": [
                    models.UniqueConstraint(fields=("subject_kind", "subject_id", "rule"), name="agenda_due_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, help_text="noted once an hour", null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("user",),
                        name="agenda_feed_one_standing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strike_raised", "Time to strike"),
                            ("heat_missed", "Heat was lost"),
                            ("replanned", "My plan was changed"),
                            ("book_handed", "Customers changed hands"),
                            ("plan", "The plan of the day, each morning"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True, help_text="empty while on its way, or if there was no news", null=True
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind", "on"), name="agenda_letter_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strike_raised", "Time to strike"),
                            ("heat_missed", "Heat was lost"),
                            ("replanned", "My plan was changed"),
                            ("book_handed", "Customers changed hands"),
                            ("plan", "The plan of the day, each morning"),
                        ],
                        max_length=60,
                    ),
                ),
                ("in_app", models.BooleanField()),
                ("by_mail", models.BooleanField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="agenda_notice_choice_once")],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("code", models.CharField(max_length=60)),
                ("key", models.CharField(blank=True, default="", help_text="told once per key", max_length=120)),
                ("params", models.JSONField(blank=True, default=dict)),
                ("customer_uuid", models.UUIDField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("in_app", models.BooleanField(default=True, help_text="wanted in the app when it was told")),
                ("mail_due", models.BooleanField(default=False, help_text="wanted by mail, and not mailed yet")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "-at", "-id"], name="agenda_notification_newest"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["user"],
                        name="agenda_notification_unread",
                    ),
                    models.Index(
                        condition=models.Q(("mail_due", True)), fields=["user"], name="agenda_notification_to_mail"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("user", "key"),
                        name="agenda_notification_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Snooze",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("customer_id", models.BigIntegerField()),
                ("until_on", models.DateField()),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "customer_id"),
                        name="agenda_snooze_one_standing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("customer_id", models.BigIntegerField()),
                (
                    "play",
                    models.CharField(blank=True, default="", help_text="key of the play it follows", max_length=80),
                ),
                ("do", models.CharField(max_length=500)),
                ("objective", models.CharField(blank=True, default="", max_length=500)),
                ("planned_on", models.DateField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("plan", "Proposed by the plan"),
                            ("human", "Planned by hand"),
                            ("agreed", "Agreed with the customer"),
                            ("promise", "Promised to the customer"),
                            ("import", "Imported"),
                        ],
                        default="human",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("done_at__isnull", True)),
                        fields=["user", "planned_on"],
                        name="agenda_step_open_of_user",
                    ),
                    models.Index(fields=["customer_id", "planned_on"], name="agenda_step_customer"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("do", ""), _negated=True), name="agenda_step_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(("done_at__isnull", True), ("cancelled_at__isnull", True), _connector="OR"),
                        name="agenda_step_ends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["plan", "human", "agreed", "promise", "import"])),
                        name="agenda_step_source",
                    ),
                ],
            },
        ),
    ]
