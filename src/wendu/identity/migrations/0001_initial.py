import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("identity", "0001_organisation_teams_users"),
        ("identity", "0002_working_week_closed_teams_invitations"),
        ("identity", "0003_pace_of_one_person"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField(unique=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "source",
                    models.CharField(
                        choices=[("calendar", "Public calendar"), ("manual", "Entered by hand")],
                        default="manual",
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(default="Wendu", max_length=200)),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=64)),
                ("currency", models.CharField(default="CNY", max_length=3)),
                ("calendar_code", models.CharField(blank=True, default="CN", max_length=8)),
                ("year_starts_in", models.PositiveSmallIntegerField(default=1)),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans", max_length=10
                    ),
                ),
                (
                    "working_days",
                    models.CharField(default="12345", help_text="ISO weekdays: 1 is Monday", max_length=7),
                ),
                (
                    "asks_a_minute",
                    models.PositiveSmallIntegerField(default=600, help_text="searches and lists of one person; 0: any"),
                ),
                (
                    "jobs_a_minute",
                    models.PositiveSmallIntegerField(default=20, help_text="large work one person begins; 0: any"),
                ),
                (
                    "jobs_at_once",
                    models.PositiveSmallIntegerField(default=3, help_text="large work of one person at a time; 0: any"),
                ),
                ("only", models.BooleanField(default=True, editable=False, unique=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("only", True)), name="identity_organisation_single"),
                    models.CheckConstraint(
                        condition=models.Q(("year_starts_in__range", (1, 12))), name="identity_organisation_year_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("working_days", ""), _negated=True), name="identity_organisation_works"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(max_length=100)),
                ("path", models.CharField(db_index=True, default="", editable=False, max_length=400)),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, help_text="a closed team keeps its history, not its name", null=True
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="identity.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("parent", "name"),
                        name="identity_team_name_in_parent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None), ("parent", None)),
                        fields=("name",),
                        name="identity_team_name_at_top",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "username",
                    models.CharField(
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                    ),
                ),
                ("full_name", models.CharField(blank=True, default="", max_length=150)),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("rep", "Sales rep"),
                            ("manager", "Sales manager"),
                            ("service", "Service"),
                            ("marketing", "Marketing"),
                            ("executive", "Executive"),
                            ("admin", "Administrator"),
                        ],
                        default="rep",
                        max_length=12,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("", "Follow the browser"), ("zh-hans", "简体中文"), ("en", "English")],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[("system", "Follow the system"), ("light", "Light"), ("dark", "Dark")],
                        default="system",
                        max_length=10,
                    ),
                ),
                (
                    "daily_capacity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(200),
                        ],
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="users",
                        to="identity.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(django.db.models.functions.text.Lower("full_name"), name="identity_user_full_name")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("username"), name="identity_user_username_any_case"
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="identity_user_email",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["rep", "manager", "service", "marketing", "executive", "admin"])
                        ),
                        name="identity_user_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("daily_capacity", None), ("daily_capacity__range", (1, 200)), _connector="OR"
                        ),
                        name="identity_user_capacity",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("user",),
                        name="identity_invitation_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="identity_invitation_runs_out_later",
                    ),
                ],
            },
        ),
    ]
