"""The hidden truths behind a customer's course: what the sales rep cannot see and the log only hints at."""

# ruff: noqa: PLR2004  the chances of a made-up life are read best where they are rolled

from dataclasses import dataclass
from random import Random

from wendu.ops.simulator.facts import Life
from wendu.ops.simulator.words import NEED, WILLINGNESS, evidence

CLEAR, SOME = 0.6, 0.33


@dataclass(slots=True)
class Truth:
    """Need and willingness as they are, the rep's skill, and the price the buyer sees elsewhere."""

    need: float
    willing: float
    skill: float
    luck: float
    rival_is_cheaper: bool
    trust: float = 0.35
    value_seen: float = 0.2

    @classmethod
    def of(cls, rng: Random, skill: float) -> "Truth":
        """Draw a customer's truths."""
        return cls(
            need=rng.betavariate(2.1, 1.9),
            willing=rng.betavariate(1.9, 2.1),
            skill=skill,
            luck=rng.random(),
            rival_is_cheaper=rng.random() < 0.2,
        )

    @property
    def letter(self) -> str:
        """The class as it truly is."""
        return {(True, True): "A", (False, True): "B", (True, False): "C", (False, False): "D"}[
            self.willing >= CLEAR, self.need >= CLEAR
        ]

    def warm(self, rng: Random, *, strong: bool) -> None:
        """A touch lifts willingness quickly and need slowly (method: 3.5, class B wins easily)."""
        push = (0.09 if strong else 0.035) * (0.5 + self.skill) * rng.uniform(0.3, 1.5)
        self.willing = min(0.97, self.willing + push)
        self.need = min(0.97, self.need + push * 0.35)
        self.trust = min(1.0, self.trust + push * 0.9)
        self.value_seen = min(1.0, self.value_seen + push * 0.8)

    def cool(self, days_over: int) -> None:
        """A gap costs trust and willingness."""
        self.willing = max(0.05, self.willing - 0.006 * days_over)
        self.trust = max(0.05, self.trust - 0.008 * days_over)

    def loss_reason(self, rng: Random) -> str:
        """Why the deal is lost, as the method would find."""
        causes = {
            "no_trust": 1.6 * (1 - self.trust),
            "value_not_conveyed": 1.5 * (1 - self.value_seen),
            "cheaper_elsewhere": 1.4 if self.rival_is_cheaper else 0.15,
            "value_too_low": 0.5 * (1 - self.need),
            "no_decision": 1.0 if self.need < CLEAR else 0.3,
            "unknown": 0.15,
        }
        return rng.choices(list(causes), list(causes.values()))[0]

    def answer(self, rng: Random, life: Life, count: int) -> dict[str, tuple[int, str]]:
        """Answers to some of the ten questions, the ones nobody has asked yet first."""
        asked = {code for log in life.logs for code in log.answers}
        fresh = [code for code in (*WILLINGNESS, *NEED) if code not in asked]
        rng.shuffle(fresh)
        known = sorted(asked)
        chosen = fresh[:count] or (rng.sample(known, min(count, len(known))) if rng.random() < 0.5 else [])
        found = {}
        for code in chosen:
            level = (self.willing if code in WILLINGNESS else self.need) + rng.gauss(0, 0.12)
            value = 2 if level >= CLEAR else 1 if level >= SOME else 0
            found[code] = (value, evidence(code, value))
        return found
