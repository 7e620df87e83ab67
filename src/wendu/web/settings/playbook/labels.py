"""What the numbers of a playbook are called on the screen, by the last step of their path."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

LEAVES: dict[str, Promise] = {
    "high_from": pgettext_lazy("playbook", "An axis is high from"),
    "top_answer": pgettext_lazy("playbook", "Points of a clear answer"),
    "certain_from_answers": pgettext_lazy("playbook", "Answers that make an axis certain"),
    "stale_after_days": pgettext_lazy("playbook", "Answers are old after, days"),
    "expected_months": pgettext_lazy("playbook", "Expected, months"),
    "deadline_months": pgettext_lazy("playbook", "Latest, months"),
    "days_of_a_month": pgettext_lazy("playbook", "Days of a month"),
    "due_soon_days": pgettext_lazy("playbook", "Ends soon, days before"),
    "reentry_days": pgettext_lazy("playbook", "New window on coming back, days"),
    "factor": pgettext_lazy("playbook", "Factor"),
    "rhythm": pgettext_lazy("playbook", "Rhythm factor"),
    "points": pgettext_lazy("playbook", "Points"),
    "ceiling": pgettext_lazy("playbook", "Lifts up to"),
    "effort_minutes": pgettext_lazy("playbook", "Effort, minutes"),
    "one_way_share": pgettext_lazy("playbook", "Share of a one-way touch"),
    "half_life_days": pgettext_lazy("playbook", "Half-life, days"),
    "max_gap_days": pgettext_lazy("playbook", "Longest gap, days"),
    "existing_half_life_days": pgettext_lazy("playbook", "Half-life of existing customers, days"),
    "severe_gap_multiple": pgettext_lazy("playbook", "Severe gap, times the longest"),
    "agreed_max_days": pgettext_lazy("playbook", "Longest agreed pause, days"),
    "perception_gap": pgettext_lazy("playbook", "Perception gap from"),
    "purchase": pgettext_lazy("playbook", "Left after a refused purchase"),
    "objective": pgettext_lazy("playbook", "Left after a refused objective"),
    "bad_experience": pgettext_lazy("playbook", "Left after a bad experience"),
    "strike_from": pgettext_lazy("playbook", "Strike from"),
    "cap": pgettext_lazy("playbook", "Cap without an advance"),
    "cap_days": pgettext_lazy("playbook", "Cap after, days"),
    "drop_points": pgettext_lazy("playbook", "Size of a drop"),
    "drops": pgettext_lazy("playbook", "Drops"),
    "within_days": pgettext_lazy("playbook", "Within, days"),
    "start": pgettext_lazy("playbook", "From"),
    "interval_days": pgettext_lazy("playbook", "Revisit every, days"),
    "longest_days": pgettext_lazy("playbook", "Never longer than, days"),
    "first_after_days": pgettext_lazy("playbook", "First revisit after, days"),
    "red_items_hours": pgettext_lazy("playbook", "Red items cleared within, hours"),
    "recovery_hours": pgettext_lazy("playbook", "Recovery within, hours"),
    "evidence_days": pgettext_lazy("playbook", "Evidence within, days"),
    "review_days": pgettext_lazy("playbook", "Review every, days"),
    "trust_above": pgettext_lazy("playbook", "Trust above"),
    "nurture_exit_willingness": pgettext_lazy("playbook", "Willingness that ends nurturing"),
    "override_days": pgettext_lazy("playbook", "A set class holds, days"),
    "quadrant": pgettext_lazy("playbook", "Class"),
    "heat": pgettext_lazy("playbook", "Temperature"),
    "value": pgettext_lazy("playbook", "Amount"),
    "pressure": pgettext_lazy("playbook", "Pressure of time"),
    "unknown_pressure": pgettext_lazy("playbook", "Pressure while unknown"),
    "capacity": pgettext_lazy("playbook", "Steps a day"),
    "queue_share": pgettext_lazy("playbook", "Share of queues"),
    "touch_before_gap_days": pgettext_lazy("playbook", "Touch before the gap, days"),
    "long_war_share": pgettext_lazy("playbook", "Share of a long fight"),
    "promise_stale_days": pgettext_lazy("playbook", "A promise is old after, days"),
    "silence_stale_days": pgettext_lazy("playbook", "Silence is old after, days"),
    "first_touch_late_days": pgettext_lazy("playbook", "First touch is late after, days"),
    "own_rate_from": pgettext_lazy("playbook", "Own rate from so many closed deals"),
    "name": pgettext_lazy("playbook", "Name"),
    "motto": pgettext_lazy("playbook", "Motto"),
    "direction": pgettext_lazy("playbook", "Direction"),
    "methods": pgettext_lazy("playbook", "What to do, a line each"),
    "hard": pgettext_lazy("playbook", "Hard side, a line each"),
    "soft": pgettext_lazy("playbook", "Soft side, a line each"),
    "do": pgettext_lazy("playbook", "Do"),
    "why": pgettext_lazy("playbook", "Why"),
    "fallback": pgettext_lazy("playbook", "If that fails"),
    "guard": pgettext_lazy("playbook", "Mind"),
}
OBJECTIVE_OF_A_PLAY = pgettext_lazy("playbook", "Objective")

CLASSES: dict[str, str | Promise] = {
    **{letter: letter for letter in "ABCD"},
    "unclassified": pgettext_lazy("playbook", "Unclassified"),
    "existing": pgettext_lazy("playbook", "Existing customers"),
}


def leaf_words(name: str) -> str:
    """What a number is called; the name itself where nobody thought of it."""
    return str(LEAVES.get(name, name))
