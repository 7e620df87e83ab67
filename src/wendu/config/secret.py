"""The key that signs sessions and links: from the environment, or made once for a demo."""

import secrets
from pathlib import Path

from wendu.config.env import Environment

SHORTEST_KEY = 50
FEWEST_SYMBOLS = 10
KNOWN_KEYS = ("django-insecure-", "change", "secret", "example", "please", "default")


def is_guessable(key: str) -> bool:
    """Whether a key is too short, too plain, or the kind that is copied from a manual."""
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SYMBOLS or key.lower().startswith(KNOWN_KEYS)


def kept_key(data_dir: Path, env: Environment) -> str:
    """The key of this demo or workplace, made on first use and readable by its owner only."""
    try:
        return _kept(data_dir / "secret-key")
    except OSError as wrong:
        env.fault("WENDU_DATA_DIR", f"这个目录写不了：{wrong}", f"this folder cannot be written: {wrong}")
        return ""


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.parent / f".secret-key-{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            file.hardlink_to(fresh)
        except FileExistsError:
            pass  # another process of the same start was faster; its key counts
        finally:
            fresh.unlink()
    return file.read_text(encoding="ascii").strip()
