"""What the method says of three hundred histories, as it said when the golden file was written.

A change of the method that is meant writes the file anew: `python -m tests.method.test_golden`.
"""

import json
from pathlib import Path

from tests.method.golden import HISTORIES, fingerprint

GOLDEN = Path(__file__).parents[1] / "goldens" / "journeys.json"


def test_every_history_is_judged_as_ever() -> None:
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))

    seen = {str(seed): fingerprint(seed) for seed in range(HISTORIES)}

    assert [seed for seed in seen if seen[seed] != known[seed]] == []


if __name__ == "__main__":
    prints = {str(seed): fingerprint(seed) for seed in range(HISTORIES)}
    GOLDEN.write_text(json.dumps(prints, indent=0) + "\n", encoding="utf-8")
