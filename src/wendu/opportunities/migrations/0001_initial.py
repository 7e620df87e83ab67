import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wendu.kernel.entity


class Migration(migrations.Migration):
    replaces = [
        ("opportunities", "0001_opportunities"),
        ("opportunities", "0002_pages_of_the_list"),
        ("opportunities", "0003_diagnosis"),
        ("opportunities", "0004_own_fields"),
    ]

    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opportunity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("title", models.CharField(max_length=200)),
                ("product", models.CharField(blank=True, default="", max_length=200)),
                ("amount_minor", models.BigIntegerField(blank=True, null=True)),
                ("amount_is_estimated", models.BooleanField(default=False)),
                ("currency", models.CharField(max_length=3)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("ST1", "Demand"),
                            ("ST2", "Presentation"),
                            ("ST3", "Trust"),
                            ("ST4", "Signing"),
                            ("ST5", "Implementation"),
                            ("ST6", "Maintenance"),
                        ],
                        default="ST1",
                        max_length=3,
                    ),
                ),
                ("opened_on", models.DateField(blank=True, help_text="empty: imported without a day", null=True)),
                ("expected_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True, default="")),
                ("external_id", models.CharField(blank=True, default="", max_length=100)),
                ("custom", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opportunities",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "deleted_at"], name="opportunity_owner"),
                    models.Index(fields=["amount_minor", "id"], name="opportunity_amount"),
                    models.Index(fields=["created_at", "id"], name="opportunity_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("external_id",),
                        name="opportunity_external_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__isnull", True), ("amount_minor__gte", 0), _connector="OR"),
                        name="opportunity_amount_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="opportunity_has_a_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Influencer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("decision_maker", "Decision-maker"),
                            ("approver", "Approver"),
                            ("technical", "Technical"),
                            ("user", "User"),
                            ("purchaser", "Purchaser"),
                            ("initiator", "Initiator"),
                            ("coach", "Coach"),
                        ],
                        max_length=16,
                    ),
                ),
                ("is_receptive", models.BooleanField(default=False)),
                ("is_dissatisfied", models.BooleanField(default=False)),
                ("is_powerful", models.BooleanField(default=False)),
                ("weight", models.PositiveSmallIntegerField(default=3)),
                (
                    "stance",
                    models.SmallIntegerField(
                        choices=[
                            (-2, "Against"),
                            (-1, "Doubting"),
                            (0, "Neutral"),
                            (1, "Leaning to us"),
                            (2, "For us"),
                        ],
                        default=0,
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[("none", "No access"), ("indirect", "Through others"), ("direct", "Direct")],
                        default="none",
                        max_length=8,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="influences", to="customers.contact"
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="influencers",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("opportunity", "contact"), name="influencer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 5)), name="influencer_weight_1_to_5"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__gte", -2), ("stance__lte", 2)), name="influencer_stance_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("won", "Won"), ("lost", "Lost"), ("cancelled", "Cancelled")], max_length=10
                    ),
                ),
                ("closed_on", models.DateField()),
                ("amount_minor", models.BigIntegerField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("value_not_conveyed", "They did not see the value"),
                            ("no_trust", "They did not trust us enough"),
                            ("value_too_low", "Our value was too low for them"),
                            ("cheaper_elsewhere", "Same value, cheaper elsewhere"),
                            ("no_decision", "They decided to do nothing"),
                            ("unknown", "Not known"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("rival", models.CharField(blank=True, default="", max_length=120)),
                ("note", models.TextField(blank=True, default="")),
                ("reopened_on", models.DateField(blank=True, null=True)),
                (
                    "closed_by",
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
                        related_name="closures",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reopened_on__isnull", True)),
                        fields=("opportunity",),
                        name="one_standing_closure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "lost"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="loss_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                ("reason", models.CharField(max_length=300)),
                ("began_on", models.DateField()),
                ("wake_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("opportunity",),
                        name="one_standing_pause",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StageMove",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "from_stage",
                    models.CharField(
                        choices=[
                            ("ST1", "Demand"),
                            ("ST2", "Presentation"),
                            ("ST3", "Trust"),
                            ("ST4", "Signing"),
                            ("ST5", "Implementation"),
                            ("ST6", "Maintenance"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "to_stage",
                    models.CharField(
                        choices=[
                            ("ST1", "Demand"),
                            ("ST2", "Presentation"),
                            ("ST3", "Trust"),
                            ("ST4", "Signing"),
                            ("ST5", "Implementation"),
                            ("ST6", "Maintenance"),
                        ],
                        max_length=3,
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
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage_moves",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Diagnosis",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=wendu.kernel.entity.new_uuid, editable=False, unique=True)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("C1", "The value did not arrive"),
                            ("C2", "Trust was not over the line"),
                            ("C3", "Another is worth more to them"),
                            ("C4", "Another gives the same for less"),
                            ("C0", "No decision: need, money or time went away"),
                            ("unknown", "Not diagnosable"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("C1", "The value did not arrive"),
                            ("C2", "Trust was not over the line"),
                            ("C3", "Another is worth more to them"),
                            ("C4", "Another gives the same for less"),
                            ("C0", "No decision: need, money or time went away"),
                            ("unknown", "Not diagnosable"),
                        ],
                        help_text="what the evidence said",
                        max_length=8,
                    ),
                ),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("missing", models.JSONField(blank=True, default=list)),
                (
                    "why",
                    models.CharField(blank=True, default="", help_text="why another cause was chosen", max_length=300),
                ),
                (
                    "closure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diagnosis",
                        to="opportunities.closure",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause", models.F("found")), models.Q(("why", ""), _negated=True), _connector="OR"
                        ),
                        name="other_cause_says_why",
                    )
                ],
            },
        ),
    ]
