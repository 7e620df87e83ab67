"""What was asked is kept apart from what was answered; of talks held before, an answer says that it was asked."""

from typing import ClassVar

from django.db import migrations, models


def answered_was_asked(apps, editor):
    questions = apps.get_model("discovery", "PlanQuestion").objects.using(editor.connection.alias)
    questions.exclude(answer="").update(was_asked=True)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("discovery", "0002_fewer_indexes")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="callplan",
            name="reached",
            field=models.CharField(
                blank=True,
                choices=[("objective", "They do it"), ("fallback", "The smaller step"), ("neither", "Neither")],
                default="",
                help_text="what became of the objective",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="planquestion",
            name="was_asked",
            field=models.BooleanField(blank=True, help_text="None while nobody said", null=True),
        ),
        migrations.RunPython(answered_was_asked, migrations.RunPython.noop),
    ]
