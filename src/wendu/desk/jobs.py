"""What the machine does for the lists: indexes for the fields of the company's own that saved views ask for."""

from wendu.desk.table.own_indexes import indexed_codes, keep_indexes, wanted_codes
from wendu.jobs.actions import enqueue
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.journal.models import Entry

INDEX = "desk.index_own_fields"


def ask_for_indexes(_entry: Entry) -> None:
    """A view was saved, changed, deleted or brought back: see whether it wants an index, or nobody wants one."""
    if set(wanted_codes()) != set(indexed_codes()):
        enqueue(INDEX, actor=None, key=INDEX)


@job(INDEX, every_minutes=60, most_seconds=2 * 3600)
def index_own_fields(run: Run) -> dict[str, int]:
    """Make the indexes saved views want and drop the others; done twice it finds nothing to do."""
    run.check()
    new, gone = keep_indexes()
    return {"made": len(new), "dropped": len(gone)}
