"""Findings about the demand of a deal: needs, criteria, what they would gain, trust; and talks that are prepared."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wendu.customers.models import AboutCustomerQuerySet
from wendu.discovery.choices import Capability, Heard, MotiveKind, NeedKind, QuestionKind, Reached, ThreePeople
from wendu.kernel.entity import Entity, Versioned
from wendu.opportunities.models import Finding, FindingOfPerson, FindingQuerySet, numbered

RATINGS = ("credibility", "reliability", "intimacy", "self_orientation")
COMPANY_RATINGS = ("qualification", "references", "delivery", "promise_keeping")
TOP_RATING = 10


def rating(help_text: str = "") -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """A rating of 0 to 10, or nobody rated it."""
    return models.PositiveSmallIntegerField(null=True, blank=True, help_text=help_text)


class Demand(FindingOfPerson):
    """What one person asks for, the need behind it, and the motive behind that."""

    requirement = models.CharField(max_length=200)
    topic = models.CharField(max_length=60, blank=True, default="", help_text="about what, in a word")
    is_must = models.BooleanField(default=True)
    need = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=8, choices=NeedKind, default=NeedKind.IMPLIED)
    quote = models.CharField(max_length=300, blank=True, default="", help_text="in their own words")
    motive = models.CharField(max_length=200, blank=True, default="")
    motive_kind = models.CharField(max_length=8, choices=MotiveKind, blank=True, default="")
    who = models.CharField(max_length=100, blank=True, default="")
    when = models.CharField(max_length=100, blank=True, default="")
    how_much = models.CharField(max_length=100, blank=True, default="")
    why = models.CharField(max_length=200, blank=True, default="")
    by_what_standard = models.CharField(max_length=200, blank=True, default="")
    confirmed_on = models.DateField(null=True, blank=True, help_text="the person agreed that this is the need")
    is_guided = models.BooleanField(default=False, help_text="we led them to it")
    fit = rating("how well what they ask for meets the need behind it")
    is_best_for_them = models.BooleanField(null=True, blank=True, help_text="nobody has a better idea for them")
    capability = models.CharField(max_length=12, choices=Capability, default=Capability.UNKNOWN)

    objects = FindingQuerySet["Demand"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("demand"),
            models.CheckConstraint(condition=~Q(requirement=""), name="demand_has_a_requirement"),
            models.CheckConstraint(condition=Q(fit__isnull=True) | Q(fit__lte=TOP_RATING), name="demand_fit_range"),
            models.CheckConstraint(condition=~Q(kind="explicit") | ~Q(quote=""), name="demand_explicit_in_their_words"),
        ]


class Reconstruction(Finding):
    """A request told back in other words that serve the need better, for the need as it was known then.

    It counts once the person agreed, in their own words; what was agreed to another need is stale.
    """

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="reconstructions", db_index=False)
    number = models.PositiveSmallIntegerField(help_text="the request itself is the first version")
    need = models.CharField(max_length=200, help_text="the need it was told back for")
    requirement = models.CharField(max_length=200)
    fit = rating("how well it meets the need")
    brings = models.CharField(max_length=100, blank=True, default="", help_text="a criterion that comes with it")
    brings_weight = models.PositiveSmallIntegerField(default=3)
    brings_ours = rating()
    brings_rivals = models.JSONField(default=dict, blank=True, help_text="score 0 to 10 by name of the rival")
    told_on = models.DateField()
    agreed_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True, default="", help_text="how they agreed, in their own words")

    objects = FindingQuerySet["Reconstruction"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("reconstruction"),
            models.UniqueConstraint(fields=["demand", "number"], name="reconstruction_number_once"),
            models.CheckConstraint(condition=~Q(requirement=""), name="reconstruction_has_a_request"),
            models.CheckConstraint(condition=~Q(need=""), name="reconstruction_for_a_need"),
            models.CheckConstraint(
                condition=Q(fit__isnull=True) | Q(fit__lte=TOP_RATING), name="reconstruction_fit_range"
            ),
            models.CheckConstraint(
                condition=Q(brings_weight__gte=1, brings_weight__lte=5), name="reconstruction_weight_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | ~Q(words=""), name="reconstruction_agreed_in_words"
            ),
        ]


class Criterion(Finding):
    """One thing they decide by: its weight for them, our score, and what each rival scores."""

    name = models.CharField(max_length=100)
    weight = models.PositiveSmallIntegerField(default=3)
    ours = rating()
    rivals = models.JSONField(default=dict, blank=True, help_text="score 0 to 10 by name of the rival")

    objects = FindingQuerySet["Criterion"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("criterion"),
            models.CheckConstraint(condition=~Q(name=""), name="criterion_has_a_name"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=5), name="criterion_weight_1_to_5"),
            models.CheckConstraint(condition=Q(ours__isnull=True) | Q(ours__lte=TOP_RATING), name="criterion_range"),
        ]


class Effect(Finding):
    """A problem in the business of one of three kinds of people, what solves it, and what it is worth a year."""

    people = models.CharField(max_length=10, choices=ThreePeople)
    fact = models.CharField(max_length=200, blank=True, default="")
    problem = models.CharField(max_length=200)
    solution = models.CharField(max_length=200, blank=True, default="")
    earn_minor = models.BigIntegerField(null=True, blank=True)
    save_minor = models.BigIntegerField(null=True, blank=True)

    objects = FindingQuerySet["Effect"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("effect"),
            models.CheckConstraint(condition=~Q(problem=""), name="effect_has_a_problem"),
            models.CheckConstraint(
                condition=(Q(earn_minor__isnull=True) | Q(earn_minor__gte=0))
                & (Q(save_minor__isnull=True) | Q(save_minor__gte=0)),
                name="effect_not_negative",
            ),
        ]


class TrustRating(FindingOfPerson):
    """How one person sees us on a day: our person in four parts, our company in four."""

    contact = models.ForeignKey("customers.Contact", models.CASCADE, related_name="trustratings", db_index=False)
    rated_on = models.DateField()
    credibility = rating()
    reliability = rating()
    intimacy = rating()
    self_orientation = rating("high is bad: we think of ourselves")
    qualification = rating()
    references = rating()
    delivery = rating()
    promise_keeping = rating()
    evidence = models.CharField(max_length=300, blank=True, default="")

    objects = FindingQuerySet["TrustRating"].as_manager()

    class Meta:
        constraints: ClassVar = [
            numbered("trustrating"),
            models.CheckConstraint(
                condition=Q(
                    *[
                        Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": TOP_RATING})
                        for name in (*RATINGS, *COMPANY_RATINGS)
                    ]
                ),
                name="trustrating_range",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["contact", "-rated_on"], name="trustrating_of_contact")]


class CallPlanQuerySet(AboutCustomerQuerySet["CallPlan"]):
    """Filters of prepared talks."""

    def standing(self) -> "CallPlanQuerySet":
        """Not taken back."""
        return self.filter(removed_at__isnull=True)

    def held(self) -> "CallPlanQuerySet":
        """Logged by a touch that stands."""
        return self.standing().filter(touch__isnull=False, touch__undone_at__isnull=True)

    def ahead(self) -> "CallPlanQuerySet":
        """Still to be held."""
        return self.standing().filter(Q(touch__isnull=True) | Q(touch__undone_at__isnull=False))


class CallPlan(Entity, Versioned):
    """A talk that is prepared: with whom, what they should do after it, and what is asked (method: 3.9)."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="call_plans", db_index=False)
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.CASCADE, null=True, blank=True, related_name="call_plans"
    )
    contact = models.ForeignKey("customers.Contact", models.SET_NULL, null=True, blank=True, related_name="call_plans")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    companion = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="who comes along"
    )
    asked_as = models.CharField(max_length=12, blank=True, default="", help_text="whom the questions suit")
    planned_on = models.DateField(null=True, blank=True)
    idea = models.CharField(max_length=300, blank=True, default="", help_text="an improvement thought for them")
    objective = models.CharField(max_length=200, help_text="what they do after it")
    objective_on = models.DateField()
    fallback = models.CharField(max_length=200, blank=True, default="")
    message = models.CharField(max_length=300, blank=True, default="")
    mood = models.CharField(max_length=300, blank=True, default="")
    evidence = models.CharField(max_length=300, blank=True, default="", help_text="what to bring")
    problems = models.JSONField(default=list, blank=True, help_text="name, solution, code, cost_minor of each")
    touch = models.OneToOneField(
        "touches.Touch", models.SET_NULL, null=True, blank=True, related_name="call_plan", help_text="the talk itself"
    )
    reached = models.CharField(
        max_length=9, choices=Reached, blank=True, default="", help_text="what became of the objective"
    )
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = CallPlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(objective=""), name="callplan_has_an_objective"),
        ]
        indexes: ClassVar = [models.Index(fields=["customer", "-written_at"], name="callplan_of_customer")]

    @property
    def is_used(self) -> bool:
        """The talk was logged with it, and the touch stands."""
        return self.touch is not None and self.touch.undone_at is None


class PlanQuestion(Entity):
    """One question of a plan in its place, and what was heard."""

    plan = models.ForeignKey(CallPlan, models.CASCADE, related_name="questions", db_index=False)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=1, choices=QuestionKind)
    text = models.CharField(max_length=300)
    problem = models.CharField(max_length=200, blank=True, default="")
    is_look_up = models.BooleanField(default=False, help_text="found out before going, not asked")
    source = models.CharField(max_length=120, blank=True, default="", help_text="the question of the bank")
    why = models.CharField(max_length=12, blank=True, default="", help_text="why it was chosen")
    was_asked = models.BooleanField(null=True, blank=True, help_text="None while nobody said")
    answer = models.CharField(max_length=300, blank=True, default="")
    heard = models.CharField(max_length=8, choices=Heard, default=Heard.NOTHING)
    finding_kind = models.CharField(max_length=20, blank=True, default="")
    finding = models.UUIDField(null=True, blank=True, help_text="the finding the answer became")
    was = models.JSONField(null=True, blank=True, help_text="how that finding stood before, if it was known already")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "place"], name="planquestion_in_its_place"),
            models.CheckConstraint(condition=~Q(text=""), name="planquestion_asks_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["source"], name="planquestion_source")]
