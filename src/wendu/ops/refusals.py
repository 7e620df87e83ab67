"""What a command says when it cannot go on: how to mend it, in both languages, and no traceback for what is usual."""

import sys

from wendu.ops.said import twice

FAILED, DENIED, NO_DATABASE = 2, 4, 69


def explained(error: BaseException) -> tuple[str, int] | None:
    """Words in both languages and the exit code, for what can be mended by whoever typed the command.

    Django is only asked about when it was loaded, since the words of a usage error need none of it.
    """
    if isinstance(error, OSError):
        return f"文件读写不了：{error}\nA file cannot be read or written: {error}", FAILED
    if "django.db.utils" not in sys.modules:
        return None
    from django.db import DatabaseError, InterfaceError

    from wendu.kernel.errors import ActionError

    if isinstance(error, ActionError):
        return twice(error.text), DENIED if error.code == "denied" else FAILED
    if isinstance(error, DatabaseError | InterfaceError):
        return _of_database(error), NO_DATABASE
    return None


def _of_database(error: Exception) -> str:
    why = " ".join(str(error).split())
    return (
        f"数据库不答应：{why}\n新装或刚升级？先运行 `wendu migrate`。还不行，`wendu doctor` 看怎么修。\n"
        f"The database refused: {why}\nNew or just upgraded? Run `wendu migrate` first. If that does not help, "
        "`wendu doctor` says how to mend it."
    )
