"""How the bench measures, and how it shows what it found."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

BASE = 10_000  # customers made up one by one; the rest are copies, see simulator/copies.py
ROUNDS, WARM_UP = 40, 3
LONG_HISTORY = 3_000
RECOMPUTED = 4_000
STEPS = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """What one piece of work cost."""

    name: str
    budget: str
    cpu_p50: float | None = None
    cpu_p95: float | None = None
    wall_p50: float | None = None
    wall_p95: float | None = None
    note: str = ""


def measure(name: str, budget: str, work: Callable[[int], object], *, rounds: int = ROUNDS) -> Figure:
    """Time a piece of work, the first few rounds aside, in milliseconds."""
    cpu, wall = [], []
    for number in range(rounds + WARM_UP):
        began, spent = perf_counter(), process_time()
        work(number)
        if number >= WARM_UP:
            wall.append((perf_counter() - began) * 1000)
            cpu.append((process_time() - spent) * 1000)
    return Figure(name, budget, _rank(cpu, 0.5), _rank(cpu, 0.95), _rank(wall, 0.5), _rank(wall, 0.95))


def pace() -> float:
    """Milliseconds of CPU this machine needs for a million additions in Python: what figures are to be read beside.

    Shared machines change their pace by half from one minute to the next.
    """
    began, total = process_time(), 0
    for number in range(STEPS):
        total += number
    return round((process_time() - began) * 1000, 1)


def table(figures: list[Figure]) -> str:
    """The figures as a table."""
    head = f"{'work':<34}{'cpu p50':>9}{'cpu p95':>9}{'wall p50':>10}{'wall p95':>10}  budget"
    lines = [head, "-" * len(head)]
    for row in figures:
        numbers = "".join(
            f"{'' if value is None else format(value, '.1f'):>{width}}"
            for value, width in ((row.cpu_p50, 9), (row.cpu_p95, 9), (row.wall_p50, 10), (row.wall_p95, 10))
        )
        lines.append(f"{row.name:<34}{numbers}  {row.budget} {row.note}".rstrip())
    return "\n".join(lines)


def _rank(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2)
