"""What was taken out of a draft is kept beside it, to be put back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("packs", "0002_drafts")]

    operations = [
        migrations.AddField(
            model_name="pack",
            name="aside",
            field=models.JSONField(
                blank=True, default=dict, help_text="what was taken out of a draft, by place, to be put back"
            ),
        ),
    ]
