"""How many examples a law is asked."""

import os

LESS_OFTEN = 3


def examples(many: int) -> int:
    """As many as asked for; on the second database a third of them: they were all run on the first one."""
    return max(5, many // LESS_OFTEN) if os.environ.get("WENDU_TESTS") == "database" else many
