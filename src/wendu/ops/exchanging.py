"""`wendu import` and `wendu export`: tables in and out, with the report in the language of the shell."""

from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from wendu.exchange.exporting import run_export
from wendu.exchange.importing import run_import
from wendu.exchange.previewing import preview
from wendu.exchange.reading import open_table
from wendu.exchange.report import Report
from wendu.exchange.run import UPDATE
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.identity.queries import user_by_name
from wendu.imports.templates import find_template, map_by
from wendu.journal.doors import door
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.ops.said import fail, fail_twice, hint, say

FAILED, SOME_REJECTED, DENIED = 2, 3, 4
SHOWN_REJECTIONS = 10


def acting(login: str) -> Any:
    """Give whom the command acts for: the login named, else the first administrator, else the system itself."""
    if login:
        found = user_by_name(login)
        if found is None or not found.is_active:
            fail(_("Nobody is called “%(name)s”. `wendu user list` shows all logins.") % {"name": login})
        return found
    return User.objects.active().filter(role=Role.ADMIN).order_by("pk").first()


def import_file(
    file: Path,
    *,
    kind: str,
    login: str,
    report: Path | None,
    template: str = "",
    on_match: str = "",
    dry_run: bool = False,
    **wishes: Any,
) -> None:
    """Import a file, or only try it out, say what became of it, and write the report.

    A template says how the columns are read and, unless `on_match` does, what becomes of rows already known.
    """
    watch = _Watch()
    try:
        if report is not None:
            report.touch()  # a report that cannot be written is said before anything is brought in
        with door("import"):
            if template:
                known = find_template(kind=kind, name=template)
                wishes["by"] = map_by(known, open_table(file, sheet=wishes.get("sheet", "")).header)
                on_match = on_match or known.on_match
            wishes |= {"kind": kind, "on_match": on_match or UPDATE}
            bring = preview if dry_run else run_import
            done = bring(file, actor=acting(login), at=now(), progress=watch.tell, **wishes)
    except ActionError as refusal:
        fail_twice(refusal.text, code=DENIED if refusal.code == "denied" else FAILED)
    except OSError as wrong:
        fail(_("The file cannot be written or read: %(why)s") % {"why": wrong}, code=FAILED)
    watch.end()
    if report is not None:
        done.write(report)
    _tell(done, is_try=dry_run)
    has_rejects = bool(done.rejected)
    done.close()
    if has_rejects:
        raise SystemExit(SOME_REJECTED)


def export_file(file: Path, *, kind: str, login: str) -> None:
    """Export what a person may see."""
    try:
        with door("cli"):
            count = run_export(file, kind=kind, actor=acting(login), at=now())
    except ActionError as refusal:
        fail_twice(refusal.text, code=DENIED if refusal.code == "denied" else FAILED)
    except OSError as wrong:
        fail(_("The file cannot be written or read: %(why)s") % {"why": wrong}, code=FAILED)
    say(_("%(count)s rows → %(file)s") % {"count": count, "file": file})


def _tell(done: Report, *, is_try: bool) -> None:
    if is_try:
        say(_("A try: nothing was written."))
    say(
        _(
            "%(rows)s rows: %(accepted)s accepted (%(created)s created, %(updated)s updated, %(unchanged)s unchanged), "
            "%(rejected)s rejected"
        )
        % {name: getattr(done, name) for name in ("rows", "accepted", "created", "updated", "unchanged", "rejected")}
    )
    for reason in islice(done.rejections(), SHOWN_REJECTIONS):
        line = {"row": reason.row, "column": reason.column or "-", "message": reason.message}
        hint(_("Row %(row)s, %(column)s: %(message)s") % line)
    if done.rejected > SHOWN_REJECTIONS:
        hint(_("… and more. --rejects FILE.csv writes all of them, to be corrected and imported again."))


class _Watch:
    """Says every second or so how far the import is."""

    def __init__(self) -> None:
        self._began = self._told = monotonic()

    def tell(self, done: int, total: int) -> None:
        """Say how far, not too often."""
        if monotonic() - self._told >= 1:
            self._told = monotonic()
            rate = done / max(0.001, self._told - self._began)
            hint(_("%(done)s of %(total)s rows, %(rate)s a second") % {"done": done, "total": total, "rate": int(rate)})

    def end(self) -> None:
        """Say how long it took, if it took long enough to ask."""
        seconds = monotonic() - self._began
        if seconds >= 1:
            hint(_("Done in %(seconds)s s") % {"seconds": f"{seconds:.1f}"})
