"""Which database: the SQLite file in the data folder, or PostgreSQL when DATABASE_URL says so."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from wendu.config.env import Environment

# Every transaction takes the write lock at its start (IMMEDIATE), so "database is locked" cannot strike midway.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
        "PRAGMA journal_size_limit=27103364;PRAGMA wal_autocheckpoint=4000;"
    ),
}
POSTGRES_SCHEMES = frozenset({"postgres", "postgresql"})


def database(env: Environment, data_dir: Path) -> dict[str, Any]:
    """The default database of this installation, as Django wants it described."""
    url = env.text("DATABASE_URL")
    parts = urlsplit(url)
    if parts.scheme in POSTGRES_SCHEMES:
        return _postgres(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(url.removeprefix("sqlite://")))
    if url:
        env.fault("DATABASE_URL", "要以 postgresql:// 或 sqlite:// 开头", "must start with postgresql:// or sqlite://")
    return sqlite(str(data_dir / "wendu.sqlite3"))


def sqlite(name: str) -> dict[str, Any]:
    """An embedded database in one file, which needs nobody to look after it."""
    options = dict(SQLITE_OPTIONS)
    return {"ENGINE": "wendu.kernel.sqlite3", "NAME": name, "CONN_MAX_AGE": 60, "OPTIONS": options}


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "wendu",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
