"""The bench's table and the fault run."""

import pytest

from wendu.ops.bench_figures import Figure, measure, table
from wendu.ops.faults import Outcome, run_faults


def test_the_bench_counts_rounds_and_prints_a_line_each():
    done = []

    row = measure("a piece of work", "p50 ≤ 1 ms", done.append, rounds=5)

    assert len(done) == 8
    assert row.cpu_p50 is not None
    lines = table([row, Figure("a page", "p50 ≤ 30 ms", note="(not there yet)")]).splitlines()
    assert "p50 ≤ 1 ms" in lines[2]
    assert lines[3].endswith("(not there yet)")


def test_a_lost_touch_is_no_outcome_to_live_with():
    assert Outcome(is_back=True).holds
    assert not Outcome(is_back=True, lost=1).holds
    assert not Outcome(is_back=True, doubled=1).holds
    assert not Outcome(is_back=False).holds


@pytest.mark.faults
def test_no_acknowledged_touch_is_lost_or_doubled_when_processes_are_killed():
    outcome = run_faults()

    print(outcome)
    assert outcome.holds, str(outcome)
    assert sum(outcome.kills.values()) == 20
