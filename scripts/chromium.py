"""Prints the Chromium the browser tests shall drive; exits with 1 when there is none."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser named by WENDU_CHROMIUM, or the first one installed."""
    named = os.environ.get("WENDU_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


if __name__ == "__main__":
    path = chromium()
    print(path or "no Chromium found")
    sys.exit(path is None)
