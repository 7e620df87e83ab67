import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("packs", "0001_published_packs"), ("packs", "0002_drafts"), ("packs", "0003_pieces_taken_out")]

    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pack",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("key", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=40)),
                (
                    "base",
                    models.CharField(
                        blank=True, default="", help_text="key and version it was copied from", max_length=100
                    ),
                ),
                ("content", models.JSONField()),
                (
                    "aside",
                    models.JSONField(
                        blank=True, default=dict, help_text="what was taken out of a draft, by place, to be put back"
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "discarded_at",
                    models.DateTimeField(
                        blank=True, help_text="a draft thrown away, or published as another row", null=True
                    ),
                ),
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("discarded_at", None), ("published_at", None)),
                        fields=["-id"],
                        name="packs_pack_drafts",
                    ),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)), fields=["-id"], name="packs_pack_latest"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=("key", "version"),
                        name="packs_pack_version_once",
                    )
                ],
            },
        ),
    ]
