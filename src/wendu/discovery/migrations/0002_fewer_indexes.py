"""Indexes on one column go where a longer one begins with it: every row written kept both."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_fewer_indexes"),
        ("discovery", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="callplan",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="call_plans",
                to="customers.customer",
            ),
        ),
        migrations.AlterField(
            model_name="planquestion",
            name="plan",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="discovery.callplan",
            ),
        ),
        migrations.AlterField(
            model_name="reconstruction",
            name="demand",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reconstructions",
                to="discovery.demand",
            ),
        ),
        migrations.AlterField(
            model_name="trustrating",
            name="contact",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="trustratings",
                to="customers.contact",
            ),
        ),
    ]
