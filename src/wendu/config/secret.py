"""The key that signs sessions and links: from the environment, or made once for a demo."""

import secrets
from pathlib import Path

SHORTEST_KEY = 50
FEWEST_SYMBOLS = 10
KNOWN_KEYS = ("django-insecure-", "change", "secret", "example", "please", "default")


def is_guessable(key: str) -> bool:
    """Whether a key is too short, too plain, or the kind that is copied from a manual."""
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SYMBOLS or key.lower().startswith(KNOWN_KEYS)


def kept_key(data_dir: Path) -> str:
    """The key of this demo or workplace, made on first use and readable by its owner only."""
    file = data_dir / "secret-key"
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = data_dir / f".secret-key-{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            file.hardlink_to(fresh)
        except FileExistsError:
            pass  # another process of the same start was faster; its key counts
        finally:
            fresh.unlink()
    return file.read_text(encoding="ascii").strip()
