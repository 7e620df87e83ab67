"""`wendu export --all` and `wendu import --all`: a whole account out, and into an empty Wendu."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wendu.backups.account.bringing import bring_account
from wendu.backups.actions import note_brought, take_account
from wendu.backups.errors import StillRunning
from wendu.backups.inspection import others_on_database
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.kernel.presence import InUse, alone
from wendu.ops.exchanging import DENIED, FAILED, acting
from wendu.ops.recompute import index_all
from wendu.ops.said import fail_twice, hint, say


def take_out(file: Path, *, login: str) -> None:
    """Write the whole account into one archive."""
    try:
        made = take_account(path=file.absolute(), actor=acting(login), at=now())
    except ActionError as refusal:
        fail_twice(refusal.text, code=DENIED if refusal.code == "denied" else FAILED)
    facts = {"file": file, "tables": len(made.tables), "rows": f"{made.rows:,}"}
    say(_("%(file)s: %(tables)s tables, %(rows)s rows") % facts)
    hint(_("No passwords, keys or sessions are in it; to bring this very installation back, use `wendu backup`."))


def bring_in(file: Path) -> None:
    """Make an archive the content of this empty Wendu, and have everything found again."""
    at = now()
    try:
        with alone(settings.DATA_DIR):
            if others_on_database():
                raise StillRunning
            manifest = bring_account(file.absolute(), at=at)
            note_brought(facts={"file": file.name, "rows": manifest.rows}, at=at)
            count = index_all()
    except InUse:
        fail_twice(StillRunning().text, code=FAILED)
    except ActionError as refusal:
        fail_twice(refusal.text, code=FAILED)
    say(
        _("The account is here: %(rows)s rows, %(count)s things can be found.")
        % {"rows": manifest.rows, "count": count}
    )
    hint(_("Nobody has a password yet: `wendu user password LOGIN`."))
