import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("customers", "0001_customers_and_contacts"),
        ("customers", "0002_filters_of_the_table"),
        ("customers", "0003_customers_gone"),
        ("customers", "0004_what_became_part_of_another"),
        ("customers", "0005_own_fields_of_people_and_deals"),
        ("customers", "0006_people_who_refuse"),
    ]

    initial = True

    dependencies = [
        ("identity", "0001_initial"),
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("name", models.CharField(max_length=60, unique=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("org", "Organisation"), ("person", "Person")], default="org", max_length=8
                    ),
                ),
                (
                    "market",
                    models.CharField(
                        choices=[("b2b", "Business"), ("b2g", "Public body"), ("b2c", "Consumer")],
                        default="b2b",
                        max_length=4,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "name_key",
                    models.CharField(editable=False, help_text="normalised name, for matching", max_length=200),
                ),
                ("industry", models.CharField(blank=True, default="", max_length=60)),
                (
                    "product_kind",
                    models.CharField(
                        choices=[("standard", "Product or service"), ("subscription", "Subscription")],
                        default="standard",
                        max_length=16,
                    ),
                ),
                (
                    "sale_kind",
                    models.CharField(
                        choices=[
                            ("standard", "Standard sale"),
                            ("project", "Project sale"),
                            ("key_account", "Key-account sale"),
                        ],
                        default="standard",
                        max_length=16,
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[("strategic", "Strategic"), ("key", "Key"), ("normal", "Normal"), ("basic", "Basic")],
                        default="normal",
                        max_length=12,
                    ),
                ),
                ("province", models.CharField(blank=True, default="", max_length=60)),
                ("city", models.CharField(blank=True, default="", max_length=60)),
                ("address", models.CharField(blank=True, default="", max_length=300)),
                ("headcount", models.PositiveIntegerField(blank=True, null=True)),
                ("source_text", models.CharField(blank=True, default="", max_length=200)),
                ("note", models.TextField(blank=True, default="")),
                ("external_id", models.CharField(blank=True, default="", max_length=100)),
                ("custom", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bucket_of",
                    models.OneToOneField(
                        blank=True,
                        help_text="holds this person's deals whose customer is not known yet",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="the one it was found to be; its name, number and address lead there",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged",
                        to="customers.customer",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="customers.customer",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name_key"], name="customer_name_key", opclasses=["varchar_pattern_ops"]),
                    models.Index(fields=["owner", "deleted_at"], name="customer_owner"),
                    models.Index(fields=["team", "deleted_at"], name="customer_team"),
                    models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["deleted_at"],
                        name="customer_deleted",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="customer_newest"),
                    models.Index(fields=["name", "id"], name="customer_name"),
                    models.Index(fields=["industry"], name="customer_industry"),
                    models.Index(fields=["city"], name="customer_city"),
                    models.Index(fields=["source_text"], name="customer_source"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="customer_merged",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("external_id",),
                        name="customer_external_id",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="customer_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="customer_not_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("deleted_at__isnull", False), _connector="OR"
                        ),
                        name="customer_merged_is_gone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(max_length=100)),
                ("job_title", models.CharField(blank=True, default="", max_length=100)),
                ("department", models.CharField(blank=True, default="", max_length=100)),
                ("is_main", models.BooleanField(default=False)),
                ("left_on", models.DateField(blank=True, null=True)),
                ("do_not_contact", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True, default="")),
                ("external_id", models.CharField(blank=True, default="", max_length=100)),
                ("custom", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="the one it was found to be; its name, number and address lead there",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged",
                        to="customers.contact",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="customers.customer"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="contact_merged",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("deleted_at__isnull", True), ("do_not_contact", True), ("left_on__isnull", True)
                        ),
                        fields=["customer"],
                        name="contact_refusing",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("external_id",),
                        name="contact_external_id",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at__isnull", True), ("is_main", True)),
                        fields=("customer",),
                        name="one_main_contact",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="contact_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("deleted_at__isnull", False), _connector="OR"
                        ),
                        name="contact_merged_is_gone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("mobile", "Mobile"), ("phone", "Phone"), ("email", "E-mail"), ("wechat", "WeChat")],
                        max_length=8,
                    ),
                ),
                ("value", models.CharField(help_text="E.164 for phones, lower case for e-mail", max_length=200)),
                (
                    "written",
                    models.CharField(blank=True, default="", help_text="as it was typed or imported", max_length=200),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="customers.contact",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["value"], name="contact_point_value")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("contact__isnull", False)),
                        fields=("contact", "kind", "value"),
                        name="contact_point_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("contact__isnull", True)),
                        fields=("customer", "kind", "value"),
                        name="customer_point_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Collaborator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collaborations",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "customer"), name="collaborator_once")],
            },
        ),
        migrations.CreateModel(
            name="CustomField",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "about",
                    models.CharField(
                        choices=[("customer", "Customers"), ("contact", "People"), ("opportunity", "Deals")],
                        default="customer",
                        max_length=12,
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("label_zh", models.CharField(max_length=60)),
                ("label_en", models.CharField(max_length=60)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("choice", "Choice"),
                            ("flag", "Yes or no"),
                        ],
                        default="text",
                        max_length=8,
                    ),
                ),
                ("options", models.JSONField(blank=True, default=list)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("about", "code"), name="custom_field_code")],
            },
        ),
        migrations.CreateModel(
            name="Nurture",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("nurturing", "Nurturing"), ("dropped", "Not pursued"), ("churned", "Gone")],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("no_need_yet", "No need yet"),
                            ("no_budget", "No budget"),
                            ("with_competitor", "With a competitor"),
                            ("wavering", "Wavering"),
                            ("timing", "Wrong time"),
                            ("no_fit", "We do not fit"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("began_on", models.DateField()),
                ("wake_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "began_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="nurtures", to="customers.customer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("customer",),
                        name="one_standing_nurture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("dropped", "churned")), ("wake_on__isnull", False), _connector="OR"
                        ),
                        name="nurturing_has_a_wake_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="customers.customer"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="customers.tag"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tag", "customer"), name="tagging_once")],
            },
        ),
    ]
