"""What a command says: results on the standard output, refusals on the standard error with an exit code."""

import sys
from collections.abc import Callable
from typing import NoReturn

USAGE = 2


def say(text: str) -> None:
    """Say a result."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def hint(text: str) -> None:
    """Say something beside the result, so that a pipe stays clean."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def fail(text: str, *, code: int = USAGE) -> NoReturn:
    """Say what is wrong and how to mend it, and end the command."""
    hint(text)
    raise SystemExit(code)


def twice(text: Callable[[], str]) -> str:
    """The same in Chinese and in English: whoever runs a command may not be the one who reads its log."""
    from django.utils import translation

    told = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            told.append(text())
    return "\n".join(dict.fromkeys(told))


def fail_twice(text: Callable[[], str], *, code: int = USAGE) -> NoReturn:
    """Refuse in both languages."""
    fail(twice(text), code=code)
