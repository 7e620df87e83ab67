"""The bench runs; what it measures is looked at by people."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "scripts" / "bench_value.py"


def test_the_bench_times_every_step():
    words = [sys.executable, str(BENCH), "--customers", "300", "--alone"]

    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout

    for step in ("CDNOW, 23,570 customers", "rfm", "fit purchases", "fit spending", "scores", "all", "peak memory MB"):
        assert step in told
