"""The numbers of a playbook in the form the method reads."""

from collections.abc import Mapping
from typing import Any, TypeVar

from wendu.method import scales
from wendu.method.deals import scales as deals
from wendu.playbooks.deal import ExchangeRules, GateItem, SellingStage
from wendu.playbooks.scales import Level, Profile, Temperature
from wendu.playbooks.schema import Playbook

Value = TypeVar("Value")


def method_scale(playbook: Playbook) -> scales.MethodScale:
    """Build every scale of the method from one playbook."""
    return scales.MethodScale(
        version=f"{playbook.key} {playbook.version}",
        quadrant=scales.QuadrantScale(**playbook.quadrant.model_dump()),
        window=_window(playbook),
        heat=_heat(playbook),
        cadence=_cadence(playbook),
        strategy=scales.StrategyScale(**playbook.strategy.model_dump(mode="json") | {"urgency": _urgency(playbook)}),
        track=_track(playbook),
        plan=_plan(playbook),
        forecast=scales.ForecastScale(
            chance=_named(playbook.forecast.chance), own_rate_from=playbook.forecast.own_rate_from
        ),
        lifecycle=_lifecycle(playbook),
        lifetime=scales.LifetimeScale(**playbook.lifetime.model_dump()),
        sheet=scales.SheetScale(**playbook.sheet.model_dump()),
        satisfaction=scales.SatisfactionScale(**playbook.satisfaction.model_dump()),
        deal=_deal(playbook),
    )


def _window(playbook: Playbook) -> scales.WindowScale:
    window, factors = playbook.window, playbook.factors
    return scales.WindowScale(
        classes=_named({name: scales.ClassWindow(**months.model_dump()) for name, months in window.classes.items()}),
        factors=scales.WindowFactors(
            market=_profile_factors(factors.market),
            product=_profile_factors(factors.product),
            industry=_profile_factors(factors.industry),
            sale=_profile_factors(factors.sale),
        ),
        days_of_a_month=window.days_of_a_month,
        due_soon_days=window.due_soon_days,
        reentry_days=window.reentry_days,
    )


def _heat(playbook: Playbook) -> scales.HeatScale:
    heat = playbook.temperature
    return scales.HeatScale(
        top=heat.top,
        kinds=_kinds(heat),
        quality=_level_factors(heat.quality),
        reach=_level_factors(heat.reach),
        one_way_share=heat.one_way_share,
        cooling=_named({name: scales.Cooling(**cools.model_dump()) for name, cools in heat.cooling.items()}),
        existing_half_life_days=heat.existing_half_life_days,
        rhythm=scales.Rhythm(
            market=_named({name: profile.rhythm for name, profile in playbook.factors.market.items()}),
            sale=_named({name: profile.rhythm for name, profile in playbook.factors.sale.items()}),
        ),
        refusals=scales.Refusals(**heat.refusals.model_dump()),
        strike=scales.StrikeScale(**heat.strike.model_dump()),
        erratic=scales.ErraticScale(**heat.erratic.model_dump()),
        bands=tuple(scales.Band(code=band.code, start=band.start) for band in heat.bands),
        severe_gap_multiple=heat.severe_gap_multiple,
        agreed_max_days=heat.agreed_max_days,
        perception_gap=heat.perception_gap,
    )


def _urgency(playbook: Playbook) -> tuple[str, ...]:
    return tuple(situation.value for situation in playbook.strategy.urgency)


def _kinds(heat: Temperature) -> Mapping[str, scales.KindHeat]:
    return _named(
        {code: scales.KindHeat(**kind.model_dump(exclude={"name", "icon"})) for code, kind in heat.kinds.items()}
    )


def _cadence(playbook: Playbook) -> scales.CadenceScale:
    cadence = playbook.cadence
    return scales.CadenceScale(
        interval_days=_named({code: tier.interval_days for code, tier in cadence.tiers.items()}),
        default_tier=cadence.default_tier,
        longest_days=cadence.longest_days,
        first_after_days=cadence.first_after_days,
        rhythm_from_intervals=cadence.rhythm_from_intervals,
        rhythm_of_intervals=cadence.rhythm_of_intervals,
        window_share=cadence.window_share,
        early_from_days=cadence.early_from_days,
        rhythm_ends_after_missed=cadence.rhythm_ends_after_missed,
    )


def _lifecycle(playbook: Playbook) -> scales.LifecycleScale:
    factors, numbers = playbook.factors, playbook.lifecycle.model_dump()
    return scales.LifecycleScale(
        every_days=scales.OrdersEvery(
            market=_usual_interval(factors.market),
            product=_usual_interval(factors.product),
            industry=_usual_interval(factors.industry),
            sale=_usual_interval(factors.sale),
        ),
        otherwise_days=numbers.pop("orders_every_days"),
        **numbers,
    )


def _usual_interval(profiles: Mapping[str, Profile]) -> Mapping[str, int]:
    return _named({code: profile.orders_every_days for code, profile in profiles.items() if profile.orders_every_days})


def _track(playbook: Playbook) -> scales.TrackScale:
    track = playbook.track
    return scales.TrackScale(
        after_days=tuple(step.after_days for step in track.steps),
        kinds=tuple(step.kind for step in track.steps),
        repeat_after_days=track.repeat_after_days,
        join_within_days=track.join_within_days,
    )


def _deal(playbook: Playbook) -> deals.DealScale:
    deal, trust, relation = playbook.deal, playbook.deal.trust, playbook.deal.relation
    return deals.DealScale(
        key_weight=deal.key_weight,
        trust=deals.TrustScale(
            above=playbook.strategy.trust_above,
            person_share=trust.person_share,
            promises_from=trust.promises_from,
            broken_counts=trust.broken_counts,
            late_is_kept=trust.late_is_kept,
            stale_after_days=trust.rating_stale_after_days,
            certain_from_share=trust.certain_from_share,
        ),
        relation=deals.RelationScale(**relation.model_dump() | {"target": _named(relation.target)}),
        demand=deals.DemandScale(**deal.demand.model_dump(), certain_from_share=trust.certain_from_share),
        talk=deals.TalkScale(**deal.talk.model_dump()),
        presentation=deals.PresentationScale(**deal.presentation.model_dump()),
        concerns=deals.ConcernScale(**deal.concerns.model_dump()),
        progress=deals.ProgressScale(**deal.progress.model_dump()),
        exchange=_exchange(deal.exchange),
        gates=_gates(deal.gates),
        simple_gates=_gates(deal.simple_gates),
    )


def _exchange(rules: ExchangeRules) -> deals.ExchangeScale:
    weights = rules.point_weights.model_dump()
    return deals.ExchangeScale(**rules.model_dump() | {"point_weights": _named(weights)})


def _gates(listed: Mapping[SellingStage, tuple[GateItem, ...]]) -> Mapping[str, tuple[str, ...]]:
    return _named({stage: tuple(item.value for item in listed[stage]) for stage in sorted(listed)})


def _plan(playbook: Playbook) -> scales.PlanScale:
    plan = playbook.plan
    return scales.PlanScale(
        weights=scales.PlanWeights(**plan.weights.model_dump()),
        class_share=_named(plan.class_share),
        unknown_class=plan.unknown_class,
        unknown_pressure=plan.unknown_pressure,
        capacity=plan.capacity,
        queue_share=plan.queue_share,
        touch_before_gap_days=plan.touch_before_gap_days,
        long_war_share=plan.long_war_share,
        promise_stale_days=plan.promise_stale_days,
        silence_stale_days=plan.silence_stale_days,
        first_touch_late_days=plan.first_touch_late_days,
        payment_every_days=plan.payment_every_days,
        renewal_every_days=plan.renewal_every_days,
    )


def _profile_factors(profiles: Mapping[str, Profile]) -> Mapping[str, float]:
    return _named({code: profile.factor for code, profile in profiles.items()})


def _level_factors(levels: Mapping[str, Level]) -> Mapping[str, float]:
    return _named({code: level.factor for code, level in levels.items()})


def _named(entries: Mapping[Any, Value]) -> Mapping[str, Value]:
    return dict(entries)
