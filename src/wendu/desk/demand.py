"""Request, need and motive of each person, with the three checks, what is told back, and where two disagree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from wendu.coach.case import DealCase
from wendu.discovery.choices import NeedKind
from wendu.discovery.facts import version_of
from wendu.discovery.models import Demand, Reconstruction
from wendu.method.deals.codes import Answer, Gain, Verdict, VersionState
from wendu.method.deals.demand import Checks, Must, can_win, completeness, conflicts
from wendu.method.deals.reconstruction import Gained, has_a_problem, version_state

VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.ACCEPT: pgettext_lazy("request", "right as asked"),
    Verdict.RECONSTRUCT: pgettext_lazy("request", "put it otherwise"),
    Verdict.INVESTIGATE: pgettext_lazy("request", "ask first"),
}
STATES: Mapping[VersionState, Promise] = {
    VersionState.PROPOSED: pgettext_lazy("version", "waits for their yes"),
    VersionState.IN_FORCE: pgettext_lazy("version", "agreed"),
    VersionState.STALE: pgettext_lazy("version", "need has changed since"),
    VersionState.WORSE: pgettext_lazy("version", "serves them less"),
}
GAINS: Mapping[Gain, Promise] = {
    Gain.DUAL: pgettext_lazy("gain", "both sides gain"),
    Gain.SINGLE: pgettext_lazy("gain", "one side gains, the other loses nothing"),
    Gain.WARNED: pgettext_lazy("gain", "better for them, but it costs us a chance"),
    Gain.NO_GAIN: pgettext_lazy("gain", "nobody gains"),
    Gain.REJECTED: pgettext_lazy("gain", "serves them less than what they asked for"),
    Gain.UNKNOWN: pgettext_lazy("gain", "not known yet who gains"),
}
ASKS: Mapping[str, Promise] = {
    "what": pgettext_lazy("whole need", "what"),
    "who": pgettext_lazy("whole need", "who is concerned"),
    "when": pgettext_lazy("whole need", "by when"),
    "how_much": pgettext_lazy("whole need", "how much"),
    "why": pgettext_lazy("whole need", "why now"),
    "by_what_standard": pgettext_lazy("whole need", "by what standard"),
}
PARTS = len(ASKS)


@dataclass(frozen=True, slots=True)
class CheckView:
    """One of three checks: what it came to, and in words why."""

    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version told back."""

    row: Reconstruction
    state: str
    words: str
    gain: str
    effect: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request with what is behind it."""

    demand: Demand
    checks: tuple[CheckView, ...]
    verdict: str
    verdict_words: str
    told: int
    ask: str
    versions: tuple[VersionView, ...]
    is_settled: bool
    lacks_problem: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether all six questions about the need are answered."""
        return self.told == PARTS


@dataclass(frozen=True, slots=True)
class LadderOf:
    """Everything one person asks for."""

    contact: int
    name: str
    is_key: bool
    requests: tuple[RequestView, ...]


@dataclass(frozen=True, slots=True)
class DemandView:
    """The demand part of a deal: whose, where two disagree, and which criteria came in with what they agreed to."""

    people: tuple[LadderOf, ...]
    conflicts: tuple[str, ...]
    brought: tuple[Reconstruction, ...]
    chance: str = ""

    @property
    def count(self) -> int:
        """How many requests stand."""
        return sum(len(person.requests) for person in self.people)


def demand_view(case: DealCase) -> DemandView:
    """Put what is known about the demand of a deal into words; nothing is asked of the database."""
    keys = {person.id for person in case.keys}
    named = {each.contact_id: each.contact.name for each in case.influencers}
    told = sorted(case.found.demands, key=lambda each: _place(case, each.contact_id))
    by_person = {contact: list(rows) for contact, rows in groupby(told, key=lambda each: each.contact_id)}
    asked = [contact for contact in named if contact in by_person or contact in keys]
    others = [contact for contact in by_person if contact not in named]
    return DemandView(
        people=tuple(
            LadderOf(
                contact,
                named.get(contact) or by_person[contact][0].contact.name,
                contact in keys,
                tuple(_request(case, each) for each in by_person.get(contact, ())),
            )
            for contact in (*asked, *others)
        ),
        conflicts=tuple(_conflicts(case, named)),
        brought=tuple(each for each in case.found.in_force().values() if each.brings),
        chance="" if case.ahead is None else _chance(case.ahead, can_win(case.ahead)),
    )


def _place(case: DealCase, contact: int) -> tuple[int, int]:
    order = [each.contact_id for each in case.influencers]
    return (order.index(contact) if contact in order else len(order), contact)


def _request(case: DealCase, demand: Demand) -> RequestView:
    checks = case.checks(demand)
    agreed = case.found.in_force().get(demand.pk)
    known = {name for name in ASKS if getattr(demand, "requirement" if name == "what" else name)}
    _share, ask = completeness(known)
    verdict = Verdict.ACCEPT if agreed is not None else checks.verdict
    return RequestView(
        demand=demand,
        checks=tuple(_checks(case, demand, checks)),
        verdict=verdict.value,
        verdict_words=pgettext("request", "agreed as told back") if agreed is not None else str(VERDICTS[verdict]),
        told=PARTS - len(ask),
        ask=str(_(", ")).join(str(ASKS[name]) for name in ask[:2]),
        versions=tuple(_version(case, demand, each) for each in case.found.versions.get(demand.pk, ())),
        is_settled=verdict is Verdict.ACCEPT,
        lacks_problem=demand.kind == NeedKind.EXPLICIT and not _rests(case, demand),
    )


def _rests(case: DealCase, demand: Demand) -> bool:
    problems = [each.problem for each in case.found.effects]
    return has_a_problem(why=demand.why, said=(demand.requirement, demand.need), problems=problems)


def _checks(case: DealCase, demand: Demand, checks: Checks) -> Iterable[CheckView]:
    fit = {"fit": demand.fit, "from": case.scale.demand.fit_from}
    yield CheckView(
        checks.true_need.value,
        _("How well it meets the need: nobody rated it")
        if demand.fit is None
        else _("It meets the need: %(fit)s of 10, from %(from)s on") % fit
        if checks.true_need is Answer.YES
        else _("It misses the need: %(fit)s of 10, %(from)s is needed") % fit,
    )
    best = {
        Answer.YES: _("Nobody has a better idea for them"),
        Answer.NO: _("There is a better idea for them"),
        Answer.UNKNOWN: _("Is it the best for them? Ask a colleague who knows the trade"),
    }
    yield CheckView(checks.best_for_them.value, best[checks.best_for_them])
    yield CheckView(checks.can_win.value, _chance(case.ahead, checks.can_win))


def _chance(ahead: float | None, answer: Answer) -> str:
    if ahead is None:
        return _("Our chance: ask by what they decide, and who else is in it")
    points = {"points": f"{abs(ahead):.1f}"}
    if answer is Answer.YES:
        return _("We are ahead by %(points)s of 10 in what they decide by") % points
    return _("We are behind by %(points)s of 10 in what they decide by") % points


def _version(case: DealCase, demand: Demand, row: Reconstruction) -> VersionView:
    state = version_state(version_of(row), need=demand.need, asked_fit=demand.fit)
    found = case.gained(row, demand)
    return VersionView(row, state.value, str(STATES[state]), str(GAINS[found.gain]), _effect(demand, row, found))


def _effect(demand: Demand, row: Reconstruction, found: Gained) -> str:
    """How it moves fit and chance, in figures."""
    parts = []
    if found.more_fit is not None:
        parts.append(_("fit %(before)s → %(after)s") % {"before": demand.fit, "after": row.fit})
    if row.brings and found.more_chance is not None:
        parts.append(_("chance %(points)s") % {"points": f"{found.more_chance:+.1f}"})
    return " · ".join(parts)


def _conflicts(case: DealCase, named: Mapping[int, str]) -> Iterable[str]:
    """Two people who insist on different things about one topic."""
    agreed = case.found.in_force()
    wanted = {each.pk: agreed[each.pk].requirement if each.pk in agreed else each.requirement for each in _musts(case)}
    musts = [Must(each.contact_id, each.topic, wanted[each.pk]) for each in _musts(case)]
    for topic, first, second in conflicts(musts):
        yield _("%(topic)s: %(first)s insists on “%(one)s”, %(second)s on “%(other)s”.") % {
            "topic": topic,
            "first": named.get(first.person, ""),
            "one": first.position,
            "second": named.get(second.person, ""),
            "other": second.position,
        }


def _musts(case: DealCase) -> list[Demand]:
    taking_part = {each.contact_id for each in case.influencers}
    return [each for each in case.found.demands if each.is_must and each.topic and each.contact_id in taking_part]
