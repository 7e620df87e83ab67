import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("saved_views", "0001_first_tables")]

    initial = True

    dependencies = [
        ("identity", "0001_initial"),
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("place", models.CharField(choices=[("customers", "Customers")], max_length=20)),
                ("name", models.CharField(max_length=40)),
                (
                    "query",
                    models.CharField(
                        blank=True, default="", help_text="what the address of the list asks for", max_length=2000
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("private", "Only me"), ("team", "A team"), ("all", "Everybody")],
                        default="private",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.team",
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
                        condition=models.Q(("deleted_at", None)),
                        fields=["place", "audience"],
                        name="saved_views_view_shared",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_views_view_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["private", "team", "all"])),
                        name="saved_views_view_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "team"), ("team__isnull", False)),
                            models.Q(models.Q(("audience", "team"), _negated=True), ("team__isnull", True)),
                            _connector="OR",
                        ),
                        name="saved_views_view_team",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("user", "place", "name"),
                        name="saved_views_view_name_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pins", to="saved_views.savedview"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "view"), name="saved_views_pin_once")],
            },
        ),
        migrations.CreateModel(
            name="FirstView",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.CharField(choices=[("customers", "Customers")], max_length=20)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rep", "Sales rep"),
                            ("manager", "Sales manager"),
                            ("service", "Service"),
                            ("marketing", "Marketing"),
                            ("executive", "Executive"),
                            ("admin", "Administrator"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="firsts", to="saved_views.savedview"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("user__isnull", False), ("role", "")),
                            models.Q(
                                ("user__isnull", True),
                                ("role__in", ["rep", "manager", "service", "marketing", "executive", "admin"]),
                            ),
                            _connector="OR",
                        ),
                        name="saved_views_first_of_one",
                    ),
                    models.UniqueConstraint(fields=("place", "user"), name="saved_views_first_per_person"),
                    models.UniqueConstraint(
                        condition=models.Q(("role", ""), _negated=True),
                        fields=("place", "role"),
                        name="saved_views_first_per_role",
                    ),
                ],
            },
        ),
    ]
