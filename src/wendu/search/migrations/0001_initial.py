import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("search", "0001_entries"), ("search", "0003_opened")]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("object_uuid", models.UUIDField()),
                ("customer_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("subtitle", models.CharField(blank=True, default="", max_length=300)),
                ("title_key", models.CharField(editable=False, max_length=80)),
                ("folded", models.TextField(editable=False)),
                ("tokens", models.TextField(editable=False)),
            ],
            options={
                "indexes": [models.Index(fields=["customer_id"], name="search_entry_customer")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_one_per_thing")
                ],
            },
        ),
        migrations.CreateModel(
            name="Opened",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("opened_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "object_id"], name="search_opened_thing")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind", "object_id"), name="search_opened_once")
                ],
            },
        ),
    ]
