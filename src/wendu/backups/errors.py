"""Why a backup cannot be made or brought back, and how to go on."""

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError


class NotABackup(ActionError):
    code = "not_a_backup"
    message = _("%(file)s is not a backup of Wendu, or its end is missing. Take another backup.")


class BackupDamaged(ActionError):
    code = "backup_damaged"
    message = _("%(file)s is damaged: %(part)s is not what was written. Take another backup.")


class BackupUnreadable(ActionError):
    code = "backup_unreadable"
    message = _("%(file)s cannot be read: %(why)s")


class BackupTooNew(ActionError):
    code = "backup_too_new"
    message = _(
        "The backup was made by Wendu %(theirs)s, and this is %(ours)s, which does not know: %(unknown)s. "
        "Install Wendu %(theirs)s or later, then restore."
    )


class DatabaseTooNew(ActionError):
    code = "database_too_new"
    message = _(
        "The database was brought up to date by a later Wendu; this one does not know: %(unknown)s. Install that "
        "version again, or restore a backup made before."
    )


class DatabaseNotSetUp(ActionError):
    code = "database_not_set_up"
    message = _("The database has no tables yet, so there is nothing to back up. Run `wendu migrate`.")


class BackupFileExists(ActionError):
    code = "backup_file_exists"
    message = _("%(file)s exists already and is not overwritten. Choose another name.")


class BackupNotWritten(ActionError):
    code = "backup_not_written"
    message = _("The backup cannot be written to %(folder)s: %(why)s. Mend that, or set WENDU_BACKUP_DIR.")


class RestoredDiffers(ActionError):
    code = "restored_differs"
    message = _("What was restored into %(table)s differs from the backup; nothing was changed. Take another backup.")


class CannotRestore(ActionError):
    code = "cannot_restore"
    message = _("The database does not let the backup be restored: %(why)s Nothing was changed.")


class StillRunning(ActionError):
    code = "still_running"
    message = _("Wendu is running on this database. Stop it on every machine, then restore.")


class NotAnAccount(ActionError):
    code = "not_an_account"
    message = _(
        "%(file)s is not the archive of an account, or its end is missing. A backup comes back by `wendu restore`."
    )


class AccountTooNew(ActionError):
    code = "account_too_new"
    message = _(
        "The account was written by Wendu %(theirs)s and holds what this version does not know: %(unknown)s. "
        "Install that version, then bring it in."
    )


class HouseNotEmpty(ActionError):
    code = "house_not_empty"
    message = _(
        "There are people or customers here already, and an account comes into an empty Wendu only. "
        "Choose another data folder or database."
    )
