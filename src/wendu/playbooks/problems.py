"""What is wrong in a playbook, where, and how to mend it, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("缺少这一项，补上它", "this entry is missing; add it"),
    "extra_forbidden": ("没有这一项，删掉它或改正拼写", "there is no such entry; remove it or mend the spelling"),
    "string_too_short": ("不能留空，写上文字", "it may not be empty; write the words"),
    "too_short": ("条目太少，至少要 {min_length} 条", "too few items; give at least {min_length}"),
    "string_type": ("要写文字，给它加上引号", "it must be text; put it in quotes"),
    "string_pattern_mismatch": (
        "写法不对，只用字母、数字和下划线（版本号用数字和点）",
        "the spelling is not allowed; use letters, digits and underscores (digits and dots for a version)",
    ),
    "int_type": ("要写整数", "it must be a whole number"),
    "int_from_float": ("要写整数", "it must be a whole number"),
    "float_type": ("要写数字，不加引号", "it must be a number, without quotes"),
    "greater_than": ("要大于 {gt}", "it must be greater than {gt}"),
    "greater_than_equal": ("不能小于 {ge}", "it may not be less than {ge}"),
    "less_than_equal": ("不能大于 {le}", "it may not be more than {le}"),
    "literal_error": ("只能写 {expected}", "it must be one of {expected}"),
    "enum": ("只能写 {expected}", "it must be one of {expected}"),
    "model_type": ("这里要分项写", "write it as entries with names"),
    "dict_type": ("这里要分项写", "write it as entries with names"),
    "tuple_type": ("这里要写成列表", "write it as a list"),
    "unknown_placeholder": ("不认识占位词“{name}”，改用文档里列出的", "unknown placeholder '{name}'; use a listed one"),
    "loose_brace": ("大括号没有成对", "a brace stands alone; close or remove it"),
    "market_without_script": ("{market} 没有可用的话术，补一条", "no script suits {market}; add one"),
    "no_default_reason": ("缺少 default 的说法，补上它", "the reason 'default' is missing; add it"),
    "entry_missing": ("{place} 缺少 {name}，补上它", "{place} lacks {name}; add it"),
    "no_general_play": (
        "{name} 没有通用打法，加一条不限类别和市场的",
        "{name} has no general play; add one without class or market",
    ),
    "duplicate": ("{name} 写了两次，删掉一个或改名", "{name} is written twice; remove or rename one"),
    "unknown_kind": (
        "没有 {name} 这种联系方式，先在 temperature.kinds 里写",
        "there is no kind {name}; add it to temperature.kinds first",
    ),
    "unknown_sale": ("没有 {name} 这种销售类型，先在 factors.sale 里写", "no sale {name}; add it to factors.sale"),
    "weights_sum": ("plan.weights 四项加起来要等于 100", "the four plan.weights must add up to 100"),
    "bands_order": ("temperature.bands 要从 0 开始，由低到高", "temperature.bands must start at 0 and rise"),
    "content_order": (
        "satisfaction 里失望、满意、惊喜三条线要由低到高",
        "satisfaction: dissatisfied_below, satisfied_from and delighted_from must rise",
    ),
    "window_order": (
        "{name} 类的截止月数不能小于预期月数",
        "class {name}: deadline_months may not be less than expected_months",
    ),
    "cap_order": ("strike.cap 要低于 strike.strike_from", "strike.cap must stay below strike.strike_from"),
    "track_order": (
        "track.steps 要按天数由先到后，相隔不超过 {days} 天",
        "track.steps must come in order, no more than {days} days apart",
    ),
    "not_found": ("找不到，检查路径", "it cannot be found; check the path"),
    "yaml": ("不是有效的 YAML，第 {line} 行附近：{problem}", "not valid YAML near line {line}: {problem}"),
    "not_a_mapping": ("文件最外层要分项写", "the file must be entries with names at the top"),
    "written_twice": ("{name} 在两个文件里都写了，只留一处", "{name} stands in two files; keep one"),
}  # fmt: skip
_OTHER = ("写法不对：{msg}", "it is not written correctly: {msg}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the path to it, a stable code, the same sentence in both languages, and what it speaks of."""

    path: str
    code: str
    zh: str
    en: str
    context: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return f"{self.path}: {self.zh} / {self.en}"


class PlaybookError(Exception):
    """A playbook that cannot be used, with everything that is wrong in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def problem(path: str, code: str, **context: Any) -> Problem:
    """Word one mistake in both languages."""
    zh, en = _WORDS.get(code, _OTHER)
    spoken = {"msg": code, **context}
    return Problem(path, code, zh.format_map(spoken), en.format_map(spoken), spoken)


def from_validation(error: ValidationError, origins: Mapping[str, str] | None = None) -> PlaybookError:
    """Turn what the schema found into problems that name the file, the entry and the cure."""
    found = []
    for item in error.errors(include_url=False):
        path = _path(item["loc"])
        origin = _origin(path, origins or {})
        context = {"msg": item["msg"], **item.get("ctx", {})}
        found.append(problem(f"{origin}{path}", item["type"], **context))
    return PlaybookError(tuple(each for each in found if not _is_told_below(each, found)))


def _is_told_below(short: Problem, found: list[Problem]) -> bool:
    """A list is called too short, too, when its only entry is wrong: then what is wrong with the entry is enough."""
    return short.code == "too_short" and any(each.path.startswith(f"{short.path}[") for each in found)


def _path(place: tuple[int | str, ...]) -> str:
    words = ""
    for step in place:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else step
    return words or "playbook"


def _origin(path: str, origins: Mapping[str, str]) -> str:
    """Name the file a path was read from, by the longest known beginning."""
    known = [start for start in origins if path == start or path.startswith((f"{start}.", f"{start}["))]
    return f"{origins[max(known, key=len)]}: " if known else ""
