import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    initial = True
    replaces = [("agreements", "0001_first_tables")]

    dependencies = [
        ("customers", "0001_initial"),
        ("offers", "0001_initial"),
        ("opportunities", "0001_initial"),
        ("quotes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("title", models.CharField(max_length=200)),
                (
                    "number",
                    models.CharField(blank=True, default="", help_text="as it stands on the paper", max_length=100),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("offered", "With the customer"),
                            ("signed", "Signed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="signed",
                        max_length=10,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField(blank=True, null=True)),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, help_text="empty: it has no end", null=True)),
                ("terms", models.TextField(blank=True, default="")),
                ("written_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="contracts", to="customers.customer"
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contracts",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("external_id", models.CharField(blank=True, default="", help_text="its number", max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Signed"),
                            ("delivering", "Being delivered"),
                            ("accepted", "Accepted by the customer"),
                            ("paid", "Paid in full"),
                            ("disputed", "In dispute"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("ordered_on", models.DateField()),
                ("accepted_on", models.DateField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("tax_included", models.BooleanField(default=True)),
                ("revenue_minor", models.BigIntegerField(default=0, help_text="of its lines, without tax")),
                ("gross_minor", models.BigIntegerField(default=0, help_text="of its lines, to be paid")),
                ("margin_minor", models.BigIntegerField(help_text="empty: the cost of a line is unknown", null=True)),
                ("need", models.CharField(blank=True, default="", help_text="the need behind it", max_length=300)),
                (
                    "reason",
                    models.CharField(blank=True, default="", help_text="why they bought at that time", max_length=300),
                ),
                (
                    "scenario",
                    models.CharField(blank=True, default="", help_text="where and when it is used", max_length=300),
                ),
                (
                    "behaviour",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="how they bought: where, with whom, compared with what",
                        max_length=300,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("written_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="orders",
                        to="agreements.contract",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orders",
                        to="customers.customer",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decided_orders",
                        to="customers.contact",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="orders",
                        to="opportunities.opportunity",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="orders",
                        to="quotes.quote",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("due_on", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="instalments", to="agreements.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("item", models.CharField(max_length=200)),
                ("unit", models.CharField(blank=True, default="", max_length=20)),
                ("quantity", models.DecimalField(decimal_places=3, default=1, max_digits=12)),
                ("unit_minor", models.BigIntegerField(help_text="price of one")),
                ("discount", models.DecimalField(blank=True, decimal_places=2, default=0, max_digits=5)),
                ("tax", models.DecimalField(blank=True, decimal_places=2, default=0, max_digits=5)),
                (
                    "cost_minor",
                    models.BigIntegerField(blank=True, help_text="cost of one, without tax; empty: unknown", null=True),
                ),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="agreements.order"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="order_lines",
                        to="offers.solution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderMove",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("open", "Signed"),
                            ("delivering", "Being delivered"),
                            ("accepted", "Accepted by the customer"),
                            ("paid", "Paid in full"),
                            ("disputed", "In dispute"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("open", "Signed"),
                            ("delivering", "Being delivered"),
                            ("accepted", "Accepted by the customer"),
                            ("paid", "Paid in full"),
                            ("disputed", "In dispute"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("moved_on", models.DateField()),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="agreements.order"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProductSheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "code",
                    models.CharField(blank=True, default="", help_text="its number in another system", max_length=100),
                ),
                ("currency", models.CharField(help_text="of the cost", max_length=3)),
                ("cost_minor", models.BigIntegerField(blank=True, null=True)),
                (
                    "use",
                    models.CharField(
                        blank=True,
                        choices=[("consumable", "Used up and bought again"), ("durable", "Lasts for years")],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "cycle_days",
                    models.PositiveSmallIntegerField(blank=True, help_text="days until it is bought again", null=True),
                ),
                (
                    "solution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheet", to="offers.solution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("received_on", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("external_id", models.CharField(blank=True, default="", help_text="its number", max_length=100)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="receipts", to="agreements.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("returned_on", models.DateField()),
                ("quantity", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                ("gross_minor", models.BigIntegerField(help_text="no longer to be paid, or paid back")),
                ("revenue_minor", models.BigIntegerField(help_text="of that, without tax")),
                (
                    "margin_minor",
                    models.BigIntegerField(blank=True, help_text="lost with it; empty: unknown", null=True),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="returns",
                        to="agreements.orderline",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="returns", to="agreements.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("item", models.CharField(max_length=200)),
                ("external_id", models.CharField(blank=True, default="", help_text="its number", max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[("trial", "On trial"), ("active", "In force"), ("churned", "Ended")],
                        default="active",
                        max_length=8,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("fee_minor", models.BigIntegerField(help_text="of one term, without tax")),
                (
                    "margin",
                    models.DecimalField(
                        blank=True, decimal_places=2, help_text="per cent of the fee", max_digits=5, null=True
                    ),
                ),
                (
                    "one_off_minor",
                    models.BigIntegerField(blank=True, help_text="what buying it once would have cost", null=True),
                ),
                ("term_months", models.PositiveSmallIntegerField(default=12)),
                ("began_on", models.DateField()),
                ("renews_on", models.DateField(help_text="the day after the term that is paid for")),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("cause", models.CharField(blank=True, default="", help_text="why it ended", max_length=300)),
                ("written_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="customers.customer",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="subscriptions",
                        to="opportunities.opportunity",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="subscriptions",
                        to="offers.solution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubscriptionChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("begun", "Begun"),
                            ("renewed", "Renewed"),
                            ("expanded", "Expanded"),
                            ("contracted", "Reduced"),
                            ("churned", "Not renewed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("fee_before_minor", models.BigIntegerField()),
                ("fee_after_minor", models.BigIntegerField()),
                ("until", models.DateField(help_text="the day it renews on from then", null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("written_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="agreements.subscription",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="contract_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "signed"), _negated=True), ("signed_on__isnull", False), _connector="OR"
                ),
                name="contract_signed_on_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["customer", "ordered_on"], name="order_of_customer"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["-ordered_on", "-id"], name="order_latest"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("external_id",),
                name="order_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_on__isnull", True), ("accepted_on__gte", models.F("ordered_on")), _connector="OR"
                ),
                name="order_accepted_after_it_was_placed",
            ),
        ),
        migrations.AddIndex(
            model_name="instalment",
            index=models.Index(
                condition=models.Q(("removed_at__isnull", True)), fields=["due_on"], name="instalment_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="instalment_some"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("item", ""), _negated=True), name="orderline_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="orderline_some"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit_minor__gte", 0)), name="orderline_price_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("discount__gte", 0), ("discount__lte", 100)), name="orderline_discount_0_to_100"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("tax__gte", 0), ("tax__lte", 100)), name="orderline_tax_0_to_100"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_minor__isnull", True), ("cost_minor__gte", 0), _connector="OR"),
                name="orderline_cost_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="productsheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True), fields=("code",), name="productsheet_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="productsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_minor__isnull", True), ("cost_minor__gte", 0), _connector="OR"),
                name="productsheet_cost_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="productsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("cycle_days__isnull", True), ("cycle_days__gt", 0), _connector="OR"),
                name="productsheet_cycle_some_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("external_id",),
                name="receipt_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="receipt_some"),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("gross_minor__gt", 0), ("revenue_minor__gte", 0)), name="return_some"
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__isnull", True), ("quantity__gt", 0), _connector="OR"),
                name="return_quantity_some",
            ),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True)), fields=["renews_on"], name="subscription_renews"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("external_id",),
                name="subscription_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("item", ""), _negated=True), name="subscription_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_minor__gte", 0)), name="subscription_fee_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("term_months__gt", 0)), name="subscription_term_some"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("renews_on__gt", models.F("began_on"))), name="subscription_renews_after_it_began"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", False), ("state", "churned")),
                    models.Q(models.Q(("state", "churned"), _negated=True), ("ended_on__isnull", True)),
                    _connector="OR",
                ),
                name="subscription_ended_on_a_day",
            ),
        ),
    ]
