"""The environment, read once through typed readers that remember every fault and refuse to start with all of them."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
REFUSAL = "无法启动，请先改好这些设置 / Wendu will not start until these settings are mended:"


class UnsafeSettings(ImproperlyConfigured):
    """The product would run with settings that cannot work or are not safe; the text lists every one of them."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{REFUSAL} " + " | ".join(problems))


class Environment:
    """Reads settings from variables; a wrong value is noted under its name and the default used until `refuse`."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        word = self.text(name).lower()
        if not word:
            return default
        if word not in TRUE | FALSE:
            self.fault(name, "只能是 1 或 0", "must be 1 or 0")
        return word in TRUE

    def number(self, name: str, default: int, *, at_least: int = 0) -> int:
        word = self.text(name)
        if not word:
            return default
        if not word.isascii() or not word.isdigit() or int(word) < at_least:
            self.fault(name, f"要填不小于 {at_least} 的整数", f"must be a whole number of at least {at_least}")
            return default
        return int(word)

    def words(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Several values, separated by commas."""
        found = tuple(word.strip() for word in self.text(name).split(",") if word.strip())
        return found or default

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).expanduser().absolute()

    def address(self, name: str, default: str) -> str:
        """An http(s) address without a path, as links in mails need it."""
        word = self.text(name, default).rstrip("/")
        parts = urlsplit(word)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.username:
            self.fault(
                name, "要填完整网址,如 https://crm.example.cn", "must be a full address such as https://crm.example.cn"
            )
            return default
        return word

    def fault(self, name: str, chinese: str, english: str) -> None:
        self.problems.append(f"{name}: {chinese} / {english}")

    def refuse(self) -> None:
        """Stop the start if anything was wrong, naming all of it at once."""
        if self.problems:
            raise UnsafeSettings(self.problems)


def is_loopback(host: str) -> bool:
    """Whether only this very machine can be meant."""
    return host == "localhost" or host.startswith("127.") or host.strip("[]") == "::1" or host.endswith(".localhost")
