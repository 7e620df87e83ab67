"""One JSON object a line, without names, numbers or addresses of people."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

PERSONAL_KEYS = re.compile(
    r"pass|secret|token|key|phone|mobile|e?mail|name|note|address|cookie|authorization", re.IGNORECASE
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
NUMBER = re.compile(r"(?<![\w.-])(?!\d{4}-\d\d-\d\d\b)\+?\d[\d -]{5,}\d(?![\w.-])")
SECRET_ADDRESS = re.compile(r"(/calendar/feed/|/invitation/)[^\s\"'<>?]+")
ROW_DETAIL = re.compile(r"DETAIL:.*")
KEPT_KEYS = frozenset({"event", "level", "logger", "timestamp", "code", "verb", "kind", "path"})

Line = MutableMapping[str, Any]


def without_people(_logger: object, _method: str, line: Line) -> Line:
    """Blank what could identify a person, whichever way it got into the line."""
    for key, value in list(line.items()):
        if key not in KEPT_KEYS and PERSONAL_KEYS.search(key):
            line[key] = "(removed)"
        elif isinstance(value, str):
            line[key] = scrub(value)
        elif not isinstance(value, bool | int | float | None):
            line[key] = scrub(str(value))
    return line


def scrub(text: str) -> str:
    """The same text without secret and mail addresses, phone-like numbers and what a database quotes in its error."""
    text = SECRET_ADDRESS.sub(r"\1(secret)", text)
    return ROW_DETAIL.sub("DETAIL: (removed)", NUMBER.sub("(number)", MAIL.sub("(mail)", text)))


def _without_request(_logger: object, _method: str, line: Line) -> Line:
    """Django hands over the whole request and exception; the line keeps status and path, never parameters."""
    record = line.get("_record")
    line["status"] = getattr(record, "status_code", None)
    if line["status"] is None:
        del line["status"]
    return line


def logging_settings(*, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything through one formatter to the terminal."""
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*first, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = [
        _without_request,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        without_people,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": last, "foreign_pre_chain": first}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["terminal"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "django-q": {"handlers": [], "level": level, "propagate": True},
        },
    }
