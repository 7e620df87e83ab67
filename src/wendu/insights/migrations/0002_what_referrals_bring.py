"""A study keeps what those bring whom other customers brought."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="study",
            name="referrals",
            field=models.JSONField(
                default=dict,
                help_text="of all brought by others: how many, how many bought, and what a first year brings",
            ),
        ),
    ]
