"""Indexes by temperature for the groups of the list and for the open deals of a large team."""

from django.db import migrations, models

GROUP = ["owner", "team", "is_hidden"]


def _warmest(column: str) -> list[str]:
    return [column, "half_life_days", "-cool_key", "customer", "cools_from_axis", *GROUP]


def _hottest(column: str) -> list[str]:
    return [column, "-heat", "customer", "cools_from_axis", "cool_key", *GROUP]


class Migration(migrations.Migration):
    dependencies = [
        ("coach", "0007_furthest_stage"),
    ]

    operations = [
        migrations.RemoveIndex("standing", "standing_class_heat"),
        migrations.AddIndex("standing", models.Index(fields=_warmest("quadrant"), name="standing_class_warmest")),
        migrations.AddIndex("standing", models.Index(fields=_hottest("quadrant"), name="standing_class_hottest")),
        migrations.AddIndex("standing", models.Index(fields=_warmest("stage"), name="standing_stage_warmest")),
        migrations.AddIndex("standing", models.Index(fields=_hottest("stage"), name="standing_stage_hottest")),
        migrations.AddIndex(
            "dealstanding",
            models.Index(
                fields=["half_life_days", "-cool_key", "opportunity", "cools_from_axis", "customer"],
                name="deal_standing_warmest",
            ),
        ),
        migrations.AddIndex(
            "dealstanding",
            models.Index(fields=["-heat", "opportunity", "cools_from_axis", "customer"], name="deal_standing_hottest"),
        ),
    ]
