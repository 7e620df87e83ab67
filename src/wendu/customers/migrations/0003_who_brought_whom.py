"""Which customer brought which, who of its people, and whether others buy because of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_fewer_indexes"),
        ("identity", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="brand_note",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="0 to 5: whether others buy because they do; no money", null=True
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="referrer",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="the customer that brought this one",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="brought",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="referrer_contact",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="who of its people did, where that is known",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="customers.contact",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("referrer__isnull", False)), fields=["referrer"], name="customer_referrer"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("referrer_contact__isnull", False)),
                fields=["referrer_contact"],
                name="customer_referrer_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("referrer__isnull", True), models.Q(("referrer", models.F("id")), _negated=True), _connector="OR"
                ),
                name="customer_not_own_referrer",
            ),
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.CheckConstraint(
                condition=models.Q(("brand_note__isnull", True), ("brand_note__lte", 5), _connector="OR"),
                name="customer_brand_note",
            ),
        ),
    ]
