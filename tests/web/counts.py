"""Query counts of pages, kept in tests/query_counts.json; `make counts` records them anew, on purpose."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wendu.identity import snapshot

FILE = Path(__file__).resolve().parent.parent / "query_counts.json"

RECORDED = set[str]()


@contextmanager
def counted(page: str) -> Iterator[None]:
    """Count the queries inside the block and hold them against the record of this page."""
    snapshot.forget()  # what is remembered for a moment is asked for exactly once, however slow the machine
    with patch.object(snapshot, "SECONDS", 600.0), CaptureQueriesContext(connection) as asked:
        yield
    count = len(asked)
    known: dict[str, int] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    if os.environ.get("WENDU_RECORD_COUNTS"):
        FILE.write_text(json.dumps({**known, page: count}, indent=2, sort_keys=True) + "\n", "utf-8")
        return
    said = "\n".join(query["sql"][:200] for query in asked.captured_queries)
    assert page in known, f"{page}: {count} queries, not recorded yet (make counts)"
    assert count == known[page], f"{page}: {count} queries, {known[page]} recorded\n{said}"
