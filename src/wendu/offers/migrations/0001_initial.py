import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("offers", "0001_first_tables"),
        ("offers", "0002_library_and_proposals"),
        ("offers", "0003_competitors"),
        ("offers", "0004_expectations"),
        ("offers", "0005_prices_of_the_library"),
    ]

    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("discovery", "0001_initial"),
        ("identity", "__first__"),
        ("opportunities", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Solution",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("product", "Product"), ("component", "Component"), ("industry", "Industry solution")],
                        default="industry",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "industry",
                    models.CharField(
                        blank=True, default="", help_text="code of the playbook, or empty: any", max_length=60
                    ),
                ),
                (
                    "audience",
                    models.CharField(blank=True, default="", help_text="which roles have the problem", max_length=200),
                ),
                ("problem", models.TextField(blank=True, default="")),
                ("summary", models.TextField(blank=True, default="", help_text="what we do about it")),
                (
                    "rollout",
                    models.TextField(blank=True, default="", help_text="how it is brought in, and what keeps it safe"),
                ),
                (
                    "help_kind",
                    models.CharField(
                        blank=True,
                        choices=[("urgent", "In need"), ("gap_filling", "Fills a gap"), ("extra", "An extra")],
                        default="",
                        max_length=12,
                    ),
                ),
                ("unit", models.CharField(blank=True, default="", max_length=20)),
                ("list_minor", models.BigIntegerField(blank=True, help_text="list price of one", null=True)),
                ("currency", models.CharField(blank=True, default="", help_text="of the list price", max_length=3)),
                (
                    "tax",
                    models.DecimalField(blank=True, decimal_places=2, help_text="per cent", max_digits=5, null=True),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "published_at",
                    models.DateTimeField(blank=True, help_text="empty: suggested, not taken in yet", null=True),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "from_deal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="promoted",
                        to="opportunities.opportunity",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="solution_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("list_minor__isnull", True), ("list_minor__gte", 0), _connector="OR"),
                        name="solution_price_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tax__isnull", True), models.Q(("tax__gte", 0), ("tax__lte", 100)), _connector="OR"
                        ),
                        name="solution_tax_0_to_100",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SolutionCase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("customer_kind", models.CharField(help_text="like: injection moulder, 300 people", max_length=200)),
                ("customer_name", models.CharField(blank=True, default="", max_length=200)),
                ("may_name", models.BooleanField(default=False, help_text="the customer allows us to name it")),
                ("problem", models.CharField(blank=True, default="", max_length=300)),
                ("measures", models.CharField(blank=True, default="", max_length=300)),
                ("result", models.CharField(help_text="measured, with its figures", max_length=300)),
                ("evidence", models.CharField(blank=True, default="", max_length=300)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="offers.solution"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("customer_kind", ""), _negated=True), name="solutioncase_says_for_whom"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result", ""), _negated=True), name="solutioncase_has_a_result"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("may_name", False), models.Q(("customer_name", ""), _negated=True), _connector="OR"
                        ),
                        name="solutioncase_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SolutionPart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="part_of", to="offers.solution"
                    ),
                ),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="offers.solution"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("solution", "part"), name="solutionpart_once"),
                    models.CheckConstraint(
                        condition=models.Q(("solution", models.F("part")), _negated=True),
                        name="solutionpart_of_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SolutionPoint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("revenue", "Earn more"),
                            ("cost", "Save cost"),
                            ("efficiency_risk", "Run safer"),
                            ("physiological", "Less trouble"),
                            ("safety", "Safety"),
                            ("belonging", "Belonging"),
                            ("esteem", "Esteem"),
                            ("self_actualisation", "Career"),
                        ],
                        max_length=20,
                    ),
                ),
                ("feature", models.CharField(max_length=200)),
                ("advantage", models.CharField(blank=True, default="", max_length=200)),
                ("benefit", models.CharField(blank=True, default="", max_length=200)),
                (
                    "evidence_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("data", "Data"),
                            ("case", "A case"),
                            ("certificate", "A certificate"),
                            ("test", "A test"),
                            ("demo", "A demonstration"),
                            ("reference", "Somebody to ask"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("evidence", models.CharField(blank=True, default="", max_length=300)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="offers.solution"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("feature", ""), _negated=True), name="solutionpoint_has_a_feature"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitCard",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("revenue", "Earn more"),
                            ("cost", "Save cost"),
                            ("efficiency_risk", "Run safer"),
                            ("physiological", "Less trouble"),
                            ("safety", "Safety"),
                            ("belonging", "Belonging"),
                            ("esteem", "Esteem"),
                            ("self_actualisation", "Career"),
                        ],
                        max_length=20,
                    ),
                ),
                ("feature", models.CharField(max_length=200)),
                ("advantage", models.CharField(blank=True, default="", max_length=200)),
                ("benefit", models.CharField(blank=True, default="", max_length=200)),
                (
                    "evidence_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("data", "Data"),
                            ("case", "A case"),
                            ("certificate", "A certificate"),
                            ("test", "A test"),
                            ("demo", "A demonstration"),
                            ("reference", "Somebody to ask"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("evidence", models.CharField(blank=True, default="", max_length=300)),
                ("shown_on", models.DateField(blank=True, null=True)),
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
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="benefit_cards",
                        to="customers.contact",
                    ),
                ),
                (
                    "demand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="benefit_cards",
                        to="discovery.demand",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cards",
                        to="offers.solutionpoint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("feature", ""), _negated=True), name="benefitcard_has_a_feature"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SolutionUse",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
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
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="offers.solution"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("opportunity", "solution"),
                        name="solutionuse_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ValueMessage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message",
                    models.CharField(
                        choices=[
                            ("can_meet", "We can meet your need"),
                            ("creates_value", "We create value for you"),
                            ("better", "We are better than others"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "Said"), ("acknowledged", "Repeated in their words")],
                        default="sent",
                        max_length=12,
                    ),
                ),
                ("said_on", models.DateField()),
                (
                    "words",
                    models.CharField(blank=True, default="", help_text="how they put it themselves", max_length=300),
                ),
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="customers.contact"
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("opportunity", "contact", "message"),
                        name="valuemessage_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "acknowledged"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="valuemessage_in_their_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Worth",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("rival", models.CharField(blank=True, default="", max_length=120)),
                ("product_minor", models.BigIntegerField(blank=True, null=True)),
                ("service_minor", models.BigIntegerField(blank=True, null=True)),
                ("personnel_minor", models.BigIntegerField(blank=True, null=True)),
                ("image_minor", models.BigIntegerField(blank=True, null=True)),
                (
                    "money_minor",
                    models.BigIntegerField(blank=True, help_text="costs of theirs beside the price", null=True),
                ),
                ("time_minor", models.BigIntegerField(blank=True, null=True)),
                ("energy_minor", models.BigIntegerField(blank=True, null=True)),
                ("worry_minor", models.BigIntegerField(blank=True, null=True)),
                ("price_minor", models.BigIntegerField(blank=True, null=True)),
                ("cost_minor", models.BigIntegerField(blank=True, help_text="what serving them costs us", null=True)),
                ("source", models.CharField(blank=True, default="", help_text="who says so", max_length=200)),
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
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("opportunity", "rival"),
                        name="worth_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Competitor",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=120)),
                ("strength", models.CharField(blank=True, default="", max_length=300)),
                ("weakness", models.CharField(blank=True, default="", max_length=300)),
                (
                    "counter",
                    models.CharField(
                        blank=True, default="", help_text="how we answer, in the customer's interest", max_length=300
                    ),
                ),
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
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        help_text="who wants them",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="favourites",
                        to="customers.contact",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("opportunity", "name"),
                        name="competitor_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="competitor_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "Product, performance"),
                            ("price", "Price, money"),
                            ("supplier", "Supplier, credit"),
                            ("personal", "Own position"),
                            ("change", "Change, rollout"),
                            ("timing", "Timing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("severity", models.PositiveSmallIntegerField(default=3)),
                ("what", models.CharField(max_length=300)),
                ("raised_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("answering", "Being answered"),
                            ("resolved", "Resolved, the customer says so"),
                            ("accepted", "Known and accepted"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "response_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("evidence", "Evidence"),
                            ("reference", "A reference"),
                            ("guarantee", "A guarantee"),
                            ("trial", "A trial"),
                            ("staged_payment", "Payment in stages"),
                            ("expert", "An expert or executive"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                ("settled_on", models.DateField(blank=True, null=True)),
                (
                    "words",
                    models.CharField(
                        blank=True, default="", help_text="how they said that it is settled", max_length=300
                    ),
                ),
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
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concerns",
                        to="customers.contact",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="concern_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(("severity__gte", 1), ("severity__lte", 5)), name="concern_severity_1_to_5"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "resolved"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="concern_resolved_by_customer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DealSheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "strategy",
                    models.TextField(blank=True, default="", help_text="how we get in and how we get to the signature"),
                ),
                (
                    "can_use",
                    models.BooleanField(blank=True, help_text="the customer can use it effectively", null=True),
                ),
                ("has_no_rival", models.BooleanField(default=False, help_text="the alternative is to do nothing")),
                (
                    "is_simple",
                    models.BooleanField(default=False, help_text="a small deal: one gate before the signature"),
                ),
                ("asked_for_proposal", models.BooleanField(default=False)),
                ("terms", models.TextField(blank=True, default="")),
                ("terms_agreed_on", models.DateField(blank=True, null=True)),
                (
                    "contract",
                    models.CharField(
                        blank=True, default="", help_text="number or name of the contract", max_length=100
                    ),
                ),
                ("contract_signed_on", models.DateField(blank=True, null=True)),
                ("payment_plan", models.TextField(blank=True, default="")),
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
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)), fields=("opportunity",), name="dealsheet_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Expectation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("goal", models.CharField(max_length=200)),
                (
                    "source",
                    models.CharField(blank=True, default="", help_text="the finding it was filled from", max_length=60),
                ),
                (
                    "expected",
                    models.DecimalField(
                        blank=True, decimal_places=2, help_text="the number they count on", max_digits=14, null=True
                    ),
                ),
                ("unit", models.CharField(blank=True, default="", max_length=20)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "promised",
                    models.DecimalField(
                        blank=True, decimal_places=2, help_text="the number we promised", max_digits=14, null=True
                    ),
                ),
                (
                    "typical",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="what half of our customers reach",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "best",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="what one in ten of our customers reaches",
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("lower_is_better", models.BooleanField(default=False)),
                ("solution", models.CharField(blank=True, default="", max_length=300)),
                ("safeguards", models.CharField(blank=True, default="", max_length=300)),
                (
                    "judged_by",
                    models.CharField(blank=True, default="", help_text="how the result is measured", max_length=200),
                ),
                (
                    "accepted_when",
                    models.CharField(blank=True, default="", help_text="what counts as accepted", max_length=200),
                ),
                (
                    "conditions",
                    models.CharField(blank=True, default="", help_text="under which it holds", max_length=300),
                ),
                (
                    "their_part",
                    models.CharField(blank=True, default="", help_text="what the customer must do", max_length=300),
                ),
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
                    "demand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="expectations",
                        to="discovery.demand",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("goal", ""), _negated=True), name="expectation_has_a_goal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expected__isnull", True), ("expected__gte", 0), _connector="OR"),
                            models.Q(("promised__isnull", True), ("promised__gte", 0), _connector="OR"),
                            models.Q(("typical__isnull", True), ("typical__gte", 0), _connector="OR"),
                            models.Q(("best__isnull", True), ("best__gte", 0), _connector="OR"),
                        ),
                        name="expectation_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("revenue", "Earn more"),
                            ("cost", "Save cost"),
                            ("efficiency_risk", "Run safer"),
                            ("physiological", "Less trouble"),
                            ("safety", "Safety"),
                            ("belonging", "Belonging"),
                            ("esteem", "Esteem"),
                            ("self_actualisation", "Career"),
                        ],
                        max_length=20,
                    ),
                ),
                ("importance", models.PositiveSmallIntegerField(default=3)),
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="customers.contact"
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("opportunity", "contact", "interest"),
                        name="interest_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("importance__gte", 1), ("importance__lte", 5)), name="interest_1_to_5"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")], default="zh-hans", max_length=10
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("situation", models.TextField(blank=True, default="")),
                ("needs", models.TextField(blank=True, default="")),
                ("solution", models.TextField(blank=True, default="")),
                ("benefits", models.TextField(blank=True, default="")),
                ("evidence", models.TextField(blank=True, default="")),
                ("implementation", models.TextField(blank=True, default="")),
                ("price", models.TextField(blank=True, default="")),
                ("next_step", models.TextField(blank=True, default="")),
                ("next_step_on", models.DateField(blank=True, null=True)),
                (
                    "sent_on",
                    models.DateField(blank=True, help_text="from then on it is not changed any more", null=True),
                ),
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
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("opportunity", "number"), name="proposal_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="proposal_has_a_title"
                    ),
                ],
            },
        ),
    ]
