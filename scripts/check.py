"""`make check`: everything a change must pass besides its tests, each named, all run, faults shown."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
ENVIRONMENT = {
    **os.environ,
    "DJANGO_SETTINGS_MODULE": "wendu.config.settings_test",
    "DATABASE_URL": "",
    "NO_COLOR": "1",
}
LOCKS = ("requirements/*.txt", "scripts/*.lock.json", "package-lock.json", ".npmrc")
A_HOST = re.compile(r"https?://|file:/|--?(extra-)?index-url|--find-links|\"resolved\":")

Check = Callable[[], tuple[bool, str]]


def command(*words: str) -> Check:
    """A check that is a program's own verdict."""

    def run() -> tuple[bool, str]:
        program = [str(BIN / words[0]), *words[1:]]
        done = subprocess.run(program, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout + done.stderr

    return run


def locks_name_no_host() -> tuple[bool, str]:
    """A lock file tells what to install, never from where."""
    files = [file for pattern in LOCKS for file in sorted(ROOT.glob(pattern))]
    faults = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if A_HOST.search(line)
    ]
    return not faults and bool(files), "\n".join(faults)


CHECKS: dict[str, Check] = {
    "format": command("ruff", "format", "--check", "--quiet", "."),
    "lint": command("ruff", "check", "--quiet", "."),
    "floors": command("lint-imports", "--no-logo"),
    "patterns": command("ast-grep", "scan", "--error"),
    "locks": locks_name_no_host,
    "spelling": command("codespell", "src", "tests", "docs", "scripts", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"),
    "playbooks": command("python", "-m", "wendu.playbooks"),
    "translations": command("python", "scripts/messages.py", "--check"),
    "generated docs": command("python", "scripts/docs.py", "--check"),
    "django": command("python", "manage.py", "check", "--fail-level", "WARNING"),
    "migrations": command("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    "templates": command("djlint", "src/wendu/web/templates", "--lint", "--quiet"),
    "types": command("mypy"),
}


def main(names: list[str]) -> int:
    """Run the named checks, or all of them, and say which failed."""
    failed = []
    for name in names or CHECKS:
        start = time.monotonic()
        good, output = CHECKS[name]()
        print(f"{'ok  ' if good else 'FAIL'} {name} ({time.monotonic() - start:.1f} s)", flush=True)
        if not good:
            failed.append(name)
            print(output.rstrip(), flush=True)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
