"""Indexes on one column go where a longer one begins with it: every row written kept both."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0001_initial"),
        ("opportunities", "0002_fewer_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="opportunity",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposals",
                to="opportunities.opportunity",
            ),
        ),
        migrations.AlterField(
            model_name="solutionpart",
            name="solution",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="offers.solution"
            ),
        ),
    ]
