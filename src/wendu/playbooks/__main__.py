"""Check playbooks from the command line: `python -m wendu.playbooks [folder or file ...]`."""

import sys
from pathlib import Path

from wendu.playbooks.loader import SHIPPED, validate


def main(arguments: list[str]) -> int:
    """Print what is wrong in each playbook and return 1 if anything is."""
    paths = [Path(argument) for argument in arguments] or sorted(path for path in SHIPPED.iterdir() if path.is_dir())
    failed = False
    for path in paths:
        problems = validate(path)
        failed = failed or bool(problems)
        sys.stdout.write(f"{path}: {'可用 / ok' if not problems else f'{len(problems)} 处要改 / to mend'}\n")
        for problem in problems:
            sys.stdout.write(f"  {problem}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
