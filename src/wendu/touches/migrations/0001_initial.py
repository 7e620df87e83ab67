import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [("touches", "0001_touches_and_what_they_leave")]

    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("identity", "__first__"),
        ("opportunities", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Touch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mass_message", "Mass message"),
                            ("article", "Article"),
                            ("message", "WeChat or mail"),
                            ("care", "Care"),
                            ("service", "Service"),
                            ("phone", "Phone"),
                            ("event", "Event"),
                            ("online_meeting", "Online meeting"),
                            ("visit", "Visit"),
                            ("demo", "Demo or trial"),
                            ("negotiation", "Negotiation"),
                        ],
                        max_length=16,
                    ),
                ),
                ("touched_on", models.DateField(help_text="business day on which it happened")),
                ("is_two_way", models.BooleanField(default=True)),
                (
                    "is_proactive",
                    models.BooleanField(default=True, help_text="we started it, not a complaint or a fault"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("none", "Kept in touch"),
                            ("order", "Signed"),
                            ("advance", "Advance"),
                            ("continuation", "To be continued"),
                            ("no_sale", "Refused"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                (
                    "advance_lacks",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="meant as an advance; which of who,what,when was missing",
                        max_length=20,
                    ),
                ),
                (
                    "opened_the_deal",
                    models.BooleanField(default=False, help_text="the deal it won was opened by this touch, too"),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[("purchase", "The purchase"), ("objective", "Only what I asked for")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("objective", models.CharField(blank=True, default="", max_length=200)),
                ("value_note", models.CharField(blank=True, default="", max_length=300)),
                (
                    "has_news",
                    models.BooleanField(
                        default=True, help_text="something new was learnt; without it the touch counts half"
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("emotion_benefit", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("emotion_cost", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "guess",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="the author's own feel of the temperature", null=True
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, help_text="next date agreed with the customer", null=True)),
                ("external_id", models.CharField(blank=True, default="", max_length=100)),
                ("logged_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
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
                    "closure",
                    models.ForeignKey(
                        blank=True,
                        help_text="the deal this order won",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="touches",
                        to="opportunities.closure",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="touches", to="customers.customer"
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="touches",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "-touched_on", "-id"], name="touch_of_customer"),
                    models.Index(fields=["author", "-touched_on"], name="touch_of_author"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("external_id",),
                        name="touch_external_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emotion_benefit__isnull", True), ("emotion_benefit__lte", 10), _connector="OR"
                        ),
                        name="touch_emotion_benefit_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("emotion_cost__isnull", True), ("emotion_cost__lte", 10), _connector="OR"),
                        name="touch_emotion_cost_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("guess__isnull", True), ("guess__lte", 100), _connector="OR"),
                        name="touch_guess_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refusal", ""), ("outcome", "no_sale"), _connector="OR"),
                        name="touch_refusal_needs_no_sale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_on__isnull", True), ("agreed_on__gte", models.F("touched_on")), _connector="OR"
                        ),
                        name="touch_agreed_not_before",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tail",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("what", models.CharField(max_length=300)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="customers.contact",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="customers.customer"
                    ),
                ),
                (
                    "closed_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="closed_tails",
                        to="touches.touch",
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="touches.touch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "closed_on"], name="tail_of_customer")],
            },
        ),
        migrations.CreateModel(
            name="QuietPeriod",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "reason",
                    models.CharField(
                        choices=[("tender", "Tender silence"), ("shutdown", "Customer's shutdown"), ("other", "Other")],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("set_on", models.DateField(help_text="business day from which it was known")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quiet_periods",
                        to="customers.customer",
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quiet_periods",
                        to="touches.touch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="quiet_period_runs_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("what", models.CharField(max_length=200)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("kept", "Kept"),
                            ("kept_late", "Kept late"),
                            ("broken", "Broken"),
                            ("renegotiated", "Agreed anew"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True)),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="customers.contact",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="customers.customer"
                    ),
                ),
                (
                    "renewed_as",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="renews",
                        to="touches.promise",
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="touches.touch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "state", "due_on"], name="promise_due"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["author", "due_on"],
                        name="promise_open_of_author",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_on__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("settled_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="promise_settled_with_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("axis", models.CharField(choices=[("willingness", "Willingness"), ("need", "Need")], max_length=12)),
                ("indicator", models.CharField(max_length=40)),
                ("value", models.PositiveSmallIntegerField(choices=[(0, "No"), (1, "Some"), (2, "Clear")])),
                ("evidence", models.CharField(blank=True, default="", max_length=300)),
                ("answered_on", models.DateField()),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="customers.customer"
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="touches.touch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "answered_on"], name="answer_of_customer")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value__lte", 2)), name="answer_value_0_to_2")
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("what", models.CharField(max_length=200)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("dropped", "Not done")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True)),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="customers.contact",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="customers.customer"
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="touches.touch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "state", "due_on"], name="commitment_due"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["author", "due_on"],
                        name="commitment_open_of_author",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_on__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("settled_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="commitment_settled_with_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TouchContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="touch_links", to="customers.contact"
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="touches.touch"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("touch", "contact"), name="touch_contact_once")],
            },
        ),
    ]
