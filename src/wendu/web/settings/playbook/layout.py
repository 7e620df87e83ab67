"""Which numbers and words of a playbook stand on which form, in which order."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers that belong together: the entries of a table, or single ones (`is_table` false).

    The entries of an open one may be added to and taken away; those of the others are known to the product.
    """

    title: Promise
    path: str
    is_table: bool = False
    only: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One page of blocks."""

    key: str
    icon: str
    label: Promise
    about: Promise
    blocks: tuple[Block, ...] = ()

    @property
    def roots(self) -> tuple[str, ...]:
        """Where in the playbook its numbers stand."""
        return tuple(f"{block.path}.{name}" for block in self.blocks for name in block.only) + tuple(
            block.path for block in self.blocks if not block.only
        )


GOES = ("two_way", "face_to_face", "asks")
COOLING = ("top", "existing_half_life_days", "severe_gap_multiple", "agreed_max_days", "perception_gap")
RELATION = (
    "active_days", "department_contacts", "department_ours", "company_departments", "executive_links",
    "supporter_from_stance",
)  # fmt: skip
FORMS = (
    Form(
        "windows",
        "calendar-time",
        pgettext_lazy("playbook", "Classes and windows"),
        pgettext_lazy("playbook", "When a customer is A, B, C or D, and how long each class has to sign."),
        (
            Block(pgettext_lazy("playbook", "Class"), "quadrant"),
            Block(pgettext_lazy("playbook", "Signing window"), "window.classes", is_table=True),
            Block(pgettext_lazy("playbook", "Around the window"), "window"),
        ),
    ),
    Form(
        "factors",
        "scale",
        pgettext_lazy("playbook", "Factors"),
        pgettext_lazy("playbook", "What makes a sale longer or shorter than the standard."),
        (
            Block(pgettext_lazy("playbook", "Market"), "factors.market", is_table=True),
            Block(pgettext_lazy("playbook", "Product"), "factors.product", is_table=True),
            Block(pgettext_lazy("playbook", "Kind of sale"), "factors.sale", is_table=True),
            Block(pgettext_lazy("playbook", "Industry"), "factors.industry", is_table=True),
        ),
    ),
    Form(
        "points",
        "flame",
        pgettext_lazy("playbook", "Points"),
        pgettext_lazy("playbook", "How much heat a touch adds, and how far it lifts."),
        (
            Block(pgettext_lazy("playbook", "Kinds of touch"), "temperature.kinds", is_table=True),
            Block(pgettext_lazy("playbook", "How they usually go"), "temperature.kinds", is_table=True, only=GOES),
            Block(pgettext_lazy("playbook", "What it was worth"), "temperature.quality", is_table=True),
            Block(pgettext_lazy("playbook", "Whom it reached"), "temperature.reach", is_table=True),
            Block(pgettext_lazy("playbook", "One-way touches"), "temperature", only=("one_way_share",)),
        ),
    ),
    Form(
        "cooling",
        "snowflake",
        pgettext_lazy("playbook", "Cooling and thresholds"),
        pgettext_lazy("playbook", "How fast customers cool, when to strike, and what raises an alert."),
        (
            Block(pgettext_lazy("playbook", "Cooling by class"), "temperature.cooling", is_table=True),
            Block(pgettext_lazy("playbook", "Gaps"), "temperature", only=COOLING),
            Block(pgettext_lazy("playbook", "Bands"), "temperature.bands", is_table=True),
            Block(pgettext_lazy("playbook", "Strike"), "temperature.strike"),
            Block(pgettext_lazy("playbook", "Refusals"), "temperature.refusals"),
            Block(pgettext_lazy("playbook", "Erratic rhythm"), "temperature.erratic"),
        ),
    ),
    Form(
        "rhythm",
        "refresh",
        pgettext_lazy("playbook", "Rhythm"),
        pgettext_lazy("playbook", "How often customers are revisited, and the deadlines of the plays."),
        (
            Block(pgettext_lazy("playbook", "Contact tiers"), "cadence.tiers", is_table=True),
            Block(pgettext_lazy("playbook", "Revisits"), "cadence"),
            Block(pgettext_lazy("playbook", "Lifecycle"), "lifecycle"),
            Block(pgettext_lazy("playbook", "What a customer is worth"), "lifetime"),
            Block(pgettext_lazy("playbook", "Data sheet of a customer"), "sheet"),
            Block(pgettext_lazy("playbook", "Satisfaction"), "satisfaction"),
            Block(pgettext_lazy("playbook", "Deadlines"), "strategy"),
        ),
    ),
    Form(
        "plan",
        "checklist",
        pgettext_lazy("playbook", "Day plan and forecast"),
        pgettext_lazy("playbook", "How a day is ranked and filled, and the chance of each class."),
        (
            Block(pgettext_lazy("playbook", "Weights, together 100"), "plan.weights"),
            Block(pgettext_lazy("playbook", "Weight of a class"), "plan.class_share"),
            Block(pgettext_lazy("playbook", "The day"), "plan"),
            Block(pgettext_lazy("playbook", "Chance to sign"), "forecast.chance"),
            Block(pgettext_lazy("playbook", "Forecast"), "forecast"),
        ),
    ),
    Form(
        "deals",
        "briefcase",
        pgettext_lazy("playbook", "Deals"),
        pgettext_lazy("playbook", "Who is key, what trust is made of, and what must be shown before a deal moves on."),
        (
            Block(pgettext_lazy("playbook", "Who is key"), "deal", only=("key_weight",)),
            Block(pgettext_lazy("playbook", "Trust"), "deal.trust"),
            Block(pgettext_lazy("playbook", "How far the relation reaches"), "deal.relation", only=RELATION),
            Block(pgettext_lazy("playbook", "Requests and talks"), "deal.demand"),
            Block(pgettext_lazy("playbook", "Questions of a talk"), "deal.talk"),
            Block(pgettext_lazy("playbook", "What was shown and heard"), "deal.presentation"),
            Block(pgettext_lazy("playbook", "Concerns"), "deal.concerns"),
            Block(pgettext_lazy("playbook", "Talks that move nothing"), "deal.progress"),
            Block(pgettext_lazy("playbook", "The exchange"), "deal.exchange"),
            Block(pgettext_lazy("playbook", "Weights of what is told in points"), "deal.exchange.point_weights"),
        ),
    ),
)
CARDS = Form(
    "cards",
    "layout-grid",
    pgettext_lazy("playbook", "Class cards"),
    pgettext_lazy("playbook", "The strategy of each class on one card."),
)
PLAYS = Form(
    "plays",
    "message-2",
    pgettext_lazy("playbook", "Plays and scripts"),
    pgettext_lazy("playbook", "What to do in each situation, and how to say it."),
)
QUESTIONS = Form(
    "questions",
    "help",
    pgettext_lazy("playbook", "The ten questions"),
    pgettext_lazy("playbook", "What is asked to tell willingness and need, and how to ask it."),
)
CHECKLIST = Form(
    "checklist",
    "clipboard-text",
    pgettext_lazy("playbook", "Before the deciding visit"),
    pgettext_lazy("playbook", "What to have in hand, and what to do when it is missing."),
)
TRACK = Form(
    "track",
    "campfire",
    pgettext_lazy("playbook", "The slow fire"),
    pgettext_lazy("playbook", "The light steps for customers who are not ready, and what ends them."),
)
CAUSES = Form(
    "causes",
    "logout",
    pgettext_lazy("playbook", "Why customers leave"),
    pgettext_lazy("playbook", "What can be chosen when a customer has left for good."),
)
URGENCY = Form(
    "urgency",
    "arrow-up",
    pgettext_lazy("playbook", "Which situation comes first"),
    pgettext_lazy("playbook", "Of several reasons to act the first one here is the one that is shown."),
)
ADVICE = Form(
    "advice",
    "bulb",
    pgettext_lazy("playbook", "Advice and next touch"),
    pgettext_lazy("playbook", "The sentences beside a next touch, and the advice."),
)
REASONS = Form(
    "reasons",
    "quote",
    pgettext_lazy("playbook", "Reasons"),
    pgettext_lazy("playbook", "The sentence that says why a customer is on the list."),
)
NEUTRAL = Form(
    "neutral",
    "circle-dashed",
    pgettext_lazy("playbook", "Where a value is missing"),
    pgettext_lazy("playbook", "What is said instead, to the rep and to the customer."),
)
SPIN = Form(
    "spin",
    "message-circle",
    pgettext_lazy("playbook", "Question bank"),
    pgettext_lazy("playbook", "What customers of each trade struggle with, and the questions a talk about it asks."),
)
TALKS = Form(
    "talks",
    "users",
    pgettext_lazy("playbook", "Preparing a talk"),
    pgettext_lazy("playbook", "How to be with whom, what to ask for at each stage, and which words spoil a question."),
)
GATES = Form(
    "gates",
    "lock",
    pgettext_lazy("playbook", "Gates"),
    pgettext_lazy("playbook", "Which evidence a deal needs before it moves on, and how far a relation should reach."),
)
NAMES = Form(
    "names",
    "edit",
    pgettext_lazy("playbook", "Names"),
    pgettext_lazy("playbook", "What the playbook and everything in it is called, and the trades."),
)
BOOK = pgettext_lazy("playbook", "The playbook")
NAMED = (
    Block(pgettext_lazy("playbook", "Industry"), "factors.industry", is_open=True),
    Block(pgettext_lazy("playbook", "Market"), "factors.market"),
    Block(pgettext_lazy("playbook", "Product"), "factors.product"),
    Block(pgettext_lazy("playbook", "Kind of sale"), "factors.sale"),
    Block(pgettext_lazy("playbook", "Kinds of touch"), "temperature.kinds"),
    Block(pgettext_lazy("playbook", "What it was worth"), "temperature.quality"),
    Block(pgettext_lazy("playbook", "Whom it reached"), "temperature.reach"),
    Block(pgettext_lazy("playbook", "Bands"), "temperature.bands"),
    Block(pgettext_lazy("playbook", "Contact tiers"), "cadence.tiers"),
    Block(pgettext_lazy("playbook", "Situations"), "situations"),
)
JUDGING = (NAMES, *FORMS, GATES, QUESTIONS, URGENCY)
SAYING = (CARDS, PLAYS, SPIN, TALKS, CHECKLIST, TRACK, REASONS, ADVICE, NEUTRAL, CAUSES)
ALL = (*JUDGING, *SAYING)
_GATED = ("deal.gates", "deal.simple_gates", "deal.relation.target", "deal.relation.default_target")
_STANDS = {
    "name": NAMES, "about": NAMES, "classes": CARDS, "plays": PLAYS, "indicators": QUESTIONS, "checklist": CHECKLIST,
    "track": TRACK, "situations": REASONS, "advice": ADVICE, "suggestions": ADVICE, "neutral": NEUTRAL,
    "churn_reasons": CAUSES, "spin": SPIN, "talks": TALKS,
}  # fmt: skip


def form_of(path: str) -> str:
    """On which form a place stands; nothing for what no form shows."""
    if ".name." in path and any(path.startswith(f"{block.path}.") for block in NAMED):
        return NAMES.key
    if path.startswith("strategy.urgency"):
        return URGENCY.key
    if path.startswith(_GATED):
        return GATES.key
    for form in FORMS:
        if any(path == root or path.startswith((f"{root}.", f"{root}[")) for root in form.roots):
            return form.key
    found = _STANDS.get(path.partition(".")[0].partition("[")[0])
    return found.key if found else ""
