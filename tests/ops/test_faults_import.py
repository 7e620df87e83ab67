"""An import whose process is killed at fifty random moments brings every row once and whole, and says so."""

import subprocess
import sys

import pytest

from wendu.ops.faults_import import LONGEST_RESUMPTION, Outcome


def test_a_row_lost_doubled_or_half_is_no_outcome_to_live_with():
    assert Outcome(is_told_right=True).holds
    assert not Outcome(is_told_right=False).holds
    for wrong in ({"lost": 1}, {"doubled": 1}, {"half": 1}, {"longest_resumption": LONGEST_RESUMPTION + 1}):
        assert not Outcome(is_told_right=True, **wrong).holds


def test_the_waits_of_others_are_told_in_milliseconds():
    told = str(Outcome(is_told_right=True, quiet=[0.001] * 10, beside=[0.01] * 18 + [0.15, 0.4]))

    assert "p50 10 ms, p95 150 ms of 20" in told


@pytest.mark.faults
def test_killed_at_random_an_import_brings_every_row_once():
    run = subprocess.run(
        [sys.executable, "-m", "wendu.ops.faults_import"], capture_output=True, text=True, check=False, timeout=3600
    )

    print(run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("kills 50 ")
