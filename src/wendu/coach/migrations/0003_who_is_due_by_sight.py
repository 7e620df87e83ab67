"""Who is due, told by the index alone: a week of a team counts thousands of rows without reading one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coach", "0002_fewer_indexes")]

    operations = [
        migrations.RemoveIndex(model_name="standing", name="standing_owner_due"),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["owner", "due_on", "team", "is_hidden", "customer"], name="standing_owner_due"),
        ),
    ]
