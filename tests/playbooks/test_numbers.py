"""The standard playbook gives the method exactly the numbers of its table."""

import pickle

import pytest

from tests.playbooks.book import STANDARD
from wendu.playbooks import method_scale
from wendu.touches.choices import TouchKind

SCALE = method_scale(STANDARD)


@pytest.mark.parametrize(
    ("kind", "points", "ceiling"),
    [
        ("mass_message", 2, 30),
        ("article", 3, 40),
        ("message", 5, 50),
        ("care", 5, 60),
        ("service", 6, 60),
        ("phone", 8, 70),
        ("event", 10, 70),
        ("online_meeting", 12, 85),
        ("visit", 15, 95),
        ("demo", 18, 95),
        ("negotiation", 20, 99),
    ],
)
def test_a_kind_of_touch_heats_as_the_table_says(kind: str, points: float, ceiling: float) -> None:
    assert (SCALE.heat.kinds[kind].points, SCALE.heat.kinds[kind].ceiling) == (points, ceiling)


def test_the_kinds_are_those_a_touch_can_be_logged_as() -> None:
    assert set(SCALE.heat.kinds) == {str(kind.value) for kind in TouchKind}


@pytest.mark.parametrize(
    ("row", "half_life", "gap"), [("A", 10, 4), ("B", 14, 7), ("C", 21, 14), ("D", 45, 30), ("unclassified", 14, 7)]
)
def test_a_class_cools_as_the_table_says(row: str, half_life: float, gap: int) -> None:
    assert (SCALE.heat.cooling[row].half_life_days, SCALE.heat.cooling[row].max_gap_days) == (half_life, gap)


def test_heating_and_cooling_have_their_defaults() -> None:
    heat = SCALE.heat

    assert heat.quality == {"full": 1.5, "normal": 1.0, "thin": 0.5}
    assert heat.reach == {"powerful": 1.2, "influencer": 1.0, "other": 0.7}
    assert heat.one_way_share == 0.5
    assert heat.existing_half_life_days == 45
    assert (heat.refusals.purchase, heat.refusals.objective, heat.refusals.bad_experience) == (0.5, 0.85, 0.8)
    assert (heat.strike.strike_from, heat.strike.cap, heat.strike.cap_days) == (80, 79, 30)
    assert (heat.erratic.drop_points, heat.erratic.drops, heat.erratic.within_days) == (25, 3, 90)
    assert [(band.code, band.start) for band in heat.bands] == [
        ("cold", 0), ("cool", 20), ("warm", 40), ("hot", 60), ("near", 80), ("boiled", 100),
    ]  # fmt: skip
    assert (heat.severe_gap_multiple, heat.agreed_max_days, heat.perception_gap, heat.top) == (2, 30, 20, 100)
    assert heat.rhythm.market == {"b2b": 1, "b2g": 2, "b2c": 1}
    assert heat.rhythm.sale == {"standard": 1, "project": 2, "key_account": 2}


def test_the_windows_have_their_defaults() -> None:
    window = SCALE.window
    months = {name: (row.expected_months, row.deadline_months) for name, row in window.classes.items()}

    assert months == {"A": (1, 1), "B": (2, 2), "C": (3, 4.5), "D": (3, 6)}
    assert window.factors.market == {"b2b": 1.0, "b2c": 0.5, "b2g": 1.5}
    assert window.factors.sale == {"standard": 1.0, "project": 2.0, "key_account": 2.0}
    assert window.factors.product == {"standard": 1.0, "subscription": 0.75}
    assert set(window.factors.industry.values()) == {1.0}
    assert (window.due_soon_days, window.reentry_days, window.days_of_a_month) == (7, 90, 30)


def test_the_class_rules_have_their_defaults() -> None:
    quadrant = SCALE.quadrant

    assert (quadrant.high_from, quadrant.top_answer) == (60, 2)
    assert (quadrant.certain_from_answers, quadrant.stale_after_days) == (3, 60)


def test_cadence_plan_and_strategy_have_their_defaults() -> None:
    plan, strategy = SCALE.plan, SCALE.strategy

    assert SCALE.cadence.interval_days == {"strategic": 30, "key": 90, "normal": 180, "basic": 365}
    assert (SCALE.cadence.longest_days, SCALE.cadence.first_after_days) == (365, 30)
    assert (plan.weights.quadrant, plan.weights.heat, plan.weights.value, plan.weights.pressure) == (35, 30, 20, 15)
    assert plan.class_share == {"A": 1.0, "B": 0.7, "C": 0.4, "D": 0.1}
    assert (plan.unknown_class, plan.unknown_pressure) == ("C", 0)
    assert (plan.capacity, plan.queue_share, plan.touch_before_gap_days, plan.long_war_share) == (12, 0.25, 1, 0.3)
    assert (plan.promise_stale_days, plan.silence_stale_days, plan.first_touch_late_days) == (30, 180, 3)
    assert (strategy.red_items_hours, strategy.recovery_hours, strategy.evidence_days) == (24, 48, 3)
    assert (strategy.review_days, strategy.trust_above, strategy.override_days) == (30, 60, 30)
    assert SCALE.forecast.chance == {"A": 0.60, "B": 0.35, "C": 0.20, "D": 0.05}
    assert SCALE.forecast.own_rate_from == 20


def test_the_scale_carries_the_version_and_travels_between_processes() -> None:
    assert SCALE.version == f"{STANDARD.key} {STANDARD.version}"
    assert pickle.loads(pickle.dumps(SCALE)) == SCALE
