import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("discovery", "0001_first_tables"),
        ("discovery", "0002_prepared_talks"),
        ("discovery", "0003_reconstructions"),
    ]

    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("identity", "__first__"),
        ("opportunities", "0001_initial"),
        ("touches", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallPlan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "asked_as",
                    models.CharField(blank=True, default="", help_text="whom the questions suit", max_length=12),
                ),
                ("planned_on", models.DateField(blank=True, null=True)),
                (
                    "idea",
                    models.CharField(
                        blank=True, default="", help_text="an improvement thought for them", max_length=300
                    ),
                ),
                ("objective", models.CharField(help_text="what they do after it", max_length=200)),
                ("objective_on", models.DateField()),
                ("fallback", models.CharField(blank=True, default="", max_length=200)),
                ("message", models.CharField(blank=True, default="", max_length=300)),
                ("mood", models.CharField(blank=True, default="", max_length=300)),
                ("evidence", models.CharField(blank=True, default="", help_text="what to bring", max_length=300)),
                (
                    "problems",
                    models.JSONField(blank=True, default=list, help_text="name, solution, code, cost_minor of each"),
                ),
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
                    "companion",
                    models.ForeignKey(
                        blank=True,
                        help_text="who comes along",
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="call_plans",
                        to="customers.contact",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="call_plans", to="customers.customer"
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call_plans",
                        to="opportunities.opportunity",
                    ),
                ),
                (
                    "touch",
                    models.OneToOneField(
                        blank=True,
                        help_text="the talk itself",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="call_plan",
                        to="touches.touch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "-written_at"], name="callplan_of_customer")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("objective", ""), _negated=True), name="callplan_has_an_objective"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=100)),
                ("weight", models.PositiveSmallIntegerField(default=3)),
                ("ours", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("rivals", models.JSONField(blank=True, default=dict, help_text="score 0 to 10 by name of the rival")),
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
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="criterion_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 5)), name="criterion_weight_1_to_5"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ours__isnull", True), ("ours__lte", 10), _connector="OR"),
                        name="criterion_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("requirement", models.CharField(max_length=200)),
                ("topic", models.CharField(blank=True, default="", help_text="about what, in a word", max_length=60)),
                ("is_must", models.BooleanField(default=True)),
                ("need", models.CharField(blank=True, default="", max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("implied", "Names a difficulty"), ("explicit", "Wants it solved")],
                        default="implied",
                        max_length=8,
                    ),
                ),
                ("quote", models.CharField(blank=True, default="", help_text="in their own words", max_length=300)),
                ("motive", models.CharField(blank=True, default="", max_length=200)),
                (
                    "motive_kind",
                    models.CharField(
                        blank=True,
                        choices=[("business", "For the firm"), ("personal", "For the person")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("who", models.CharField(blank=True, default="", max_length=100)),
                ("when", models.CharField(blank=True, default="", max_length=100)),
                ("how_much", models.CharField(blank=True, default="", max_length=100)),
                ("why", models.CharField(blank=True, default="", max_length=200)),
                ("by_what_standard", models.CharField(blank=True, default="", max_length=200)),
                (
                    "confirmed_on",
                    models.DateField(blank=True, help_text="the person agreed that this is the need", null=True),
                ),
                ("is_guided", models.BooleanField(default=False, help_text="we led them to it")),
                (
                    "fit",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="how well what they ask for meets the need behind it", null=True
                    ),
                ),
                (
                    "is_best_for_them",
                    models.BooleanField(blank=True, help_text="nobody has a better idea for them", null=True),
                ),
                (
                    "capability",
                    models.CharField(
                        choices=[
                            ("yes", "The product can"),
                            ("configurable", "It can be set up to"),
                            ("no", "It cannot"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=12,
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
                    models.CheckConstraint(
                        condition=models.Q(("requirement", ""), _negated=True), name="demand_has_a_requirement"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fit__isnull", True), ("fit__lte", 10), _connector="OR"),
                        name="demand_fit_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "explicit"), _negated=True),
                            models.Q(("quote", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="demand_explicit_in_their_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Effect",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "people",
                    models.CharField(
                        choices=[("customers", "Their customers"), ("rivals", "Their rivals"), ("self", "Themselves")],
                        max_length=10,
                    ),
                ),
                ("fact", models.CharField(blank=True, default="", max_length=200)),
                ("problem", models.CharField(max_length=200)),
                ("solution", models.CharField(blank=True, default="", max_length=200)),
                ("earn_minor", models.BigIntegerField(blank=True, null=True)),
                ("save_minor", models.BigIntegerField(blank=True, null=True)),
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
                    models.CheckConstraint(
                        condition=models.Q(("problem", ""), _negated=True), name="effect_has_a_problem"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("earn_minor__isnull", True), ("earn_minor__gte", 0), _connector="OR"),
                            models.Q(("save_minor__isnull", True), ("save_minor__gte", 0), _connector="OR"),
                        ),
                        name="effect_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanQuestion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("S", "Situation"),
                            ("P", "Difficulty"),
                            ("I", "What follows"),
                            ("N", "What it is worth"),
                        ],
                        max_length=1,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("problem", models.CharField(blank=True, default="", max_length=200)),
                ("is_look_up", models.BooleanField(default=False, help_text="found out before going, not asked")),
                (
                    "source",
                    models.CharField(blank=True, default="", help_text="the question of the bank", max_length=120),
                ),
                ("why", models.CharField(blank=True, default="", help_text="why it was chosen", max_length=12)),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                (
                    "heard",
                    models.CharField(
                        choices=[
                            ("nothing", "Only to know"),
                            ("implied", "A difficulty"),
                            ("explicit", "They want it solved"),
                            ("concern", "A worry"),
                        ],
                        default="nothing",
                        max_length=8,
                    ),
                ),
                ("finding_kind", models.CharField(blank=True, default="", max_length=20)),
                ("finding", models.UUIDField(blank=True, help_text="the finding the answer became", null=True)),
                (
                    "was",
                    models.JSONField(
                        blank=True, help_text="how that finding stood before, if it was known already", null=True
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="discovery.callplan"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source"], name="planquestion_source")],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "place"), name="planquestion_in_its_place"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="planquestion_asks_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reconstruction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("number", models.PositiveSmallIntegerField(help_text="the request itself is the first version")),
                ("need", models.CharField(help_text="the need it was told back for", max_length=200)),
                ("requirement", models.CharField(max_length=200)),
                (
                    "fit",
                    models.PositiveSmallIntegerField(blank=True, help_text="how well it meets the need", null=True),
                ),
                (
                    "brings",
                    models.CharField(
                        blank=True, default="", help_text="a criterion that comes with it", max_length=100
                    ),
                ),
                ("brings_weight", models.PositiveSmallIntegerField(default=3)),
                ("brings_ours", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "brings_rivals",
                    models.JSONField(blank=True, default=dict, help_text="score 0 to 10 by name of the rival"),
                ),
                ("told_on", models.DateField()),
                ("agreed_on", models.DateField(blank=True, null=True)),
                (
                    "words",
                    models.CharField(
                        blank=True, default="", help_text="how they agreed, in their own words", max_length=300
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
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reconstructions",
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
                    models.UniqueConstraint(fields=("demand", "number"), name="reconstruction_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("requirement", ""), _negated=True), name="reconstruction_has_a_request"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("need", ""), _negated=True), name="reconstruction_for_a_need"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fit__isnull", True), ("fit__lte", 10), _connector="OR"),
                        name="reconstruction_fit_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("brings_weight__gte", 1), ("brings_weight__lte", 5)),
                        name="reconstruction_weight_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_on__isnull", True), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="reconstruction_agreed_in_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustRating",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("rated_on", models.DateField()),
                ("credibility", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reliability", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("intimacy", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "self_orientation",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="high is bad: we think of ourselves", null=True
                    ),
                ),
                ("qualification", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("references", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("delivery", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("promise_keeping", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, default="", max_length=300)),
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
                "indexes": [models.Index(fields=["contact", "-rated_on"], name="trustrating_of_contact")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credibility__isnull", True), ("credibility__lte", 10), _connector="OR"),
                            models.Q(("reliability__isnull", True), ("reliability__lte", 10), _connector="OR"),
                            models.Q(("intimacy__isnull", True), ("intimacy__lte", 10), _connector="OR"),
                            models.Q(
                                ("self_orientation__isnull", True), ("self_orientation__lte", 10), _connector="OR"
                            ),
                            models.Q(("qualification__isnull", True), ("qualification__lte", 10), _connector="OR"),
                            models.Q(("references__isnull", True), ("references__lte", 10), _connector="OR"),
                            models.Q(("delivery__isnull", True), ("delivery__lte", 10), _connector="OR"),
                            models.Q(("promise_keeping__isnull", True), ("promise_keeping__lte", 10), _connector="OR"),
                        ),
                        name="trustrating_range",
                    )
                ],
            },
        ),
    ]
