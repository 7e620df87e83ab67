"""Files to import, of any length: lists as people keep them, every row believable and the same each time."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from wendu.ops.simulator.names import mobile, person_name
from wendu.ops.simulator.words import table

FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团", "")
KINDS = ("phone", "message", "visit", "online_meeting", "article")
SAID = ("问了近况", "谈了电费", "看了机房", "对了图纸", "说起扩产", "聊到换机", "讲了样板站", "算了三年账")
HEARD = ("设备正常", "漏气严重", "要和厂长商量", "等年底预算", "嫌价格高", "想先试用", "让我找采购", "准备招标")
THEN = ("月底再约", "周五给账单", "下周上门", "寄样品", "发方案", "等通知", "约了饭", "请他们来参观")
PRODUCTS = (("变频螺杆机", 186_000), ("无油机组", 420_000), ("节能改造", 96_000), ("年度保养", 28_000))
DAY, DAYS = date(2024, 1, 1), 600
Cells = Sequence[object]


def write_file(path: Path, kind: str, rows: int, *, people: Sequence[str] = ()) -> Path:
    """Write a table of so many rows; those of one size and kind name the same customers, C0000001 and on."""
    header, row = _TABLES[kind]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(_rows(row, rows, people))
    return path


def _rows(row: Callable[[Random, int, Sequence[str]], Cells], count: int, people: Sequence[str]) -> Iterator[Cells]:
    rng = Random(count)  # noqa: S311  repeatable, not secret
    for number in range(1, count + 1):
        yield row(rng, number, people)


def _number(number: int) -> str:
    return f"C{number:07}"


def _customer(rng: Random, number: int, people: Sequence[str]) -> Cells:
    """A customer as a list of customers has it."""
    words = table("names")
    province, city = rng.choice(words["cities"][rng.choice(_REGIONS)])
    industry = rng.choice(_INDUSTRIES)
    stem = f"{rng.choice(words['first'])}{rng.choice(words['second'])}{rng.choice(words['industries'][industry])}"
    name = f"{city}{stem}{rng.choice(FORMS)}"
    owner = rng.choice(people) if people else ""
    return (_number(number), name, industry, province, city, rng.randint(20, 3000), rng.choice(words["sources"]), owner)


def _with_person(rng: Random, number: int, people: Sequence[str]) -> Cells:
    """A customer with the person to talk to."""
    words = table("names")
    title = rng.choice(words["roles"])["title"]
    person = (person_name(rng), title, mobile(rng), f"l{number}@example.com" if number % 3 == 0 else "")
    return (*_customer(rng, number, people), *person)


def _contact(rng: Random, number: int, _people: Sequence[str]) -> Cells:
    title = rng.choice(table("names")["roles"])["title"]
    return (f"P{number:07}", person_name(rng), _number(number), title, mobile(rng))


def _touch(rng: Random, number: int, people: Sequence[str]) -> Cells:
    day = DAY + timedelta(days=rng.randrange(DAYS))
    author = rng.choice(people) if people else ""
    customer = _number((number - 1) // 5 + 1)  # five touches each, as they lie in an old system
    return (f"T{number:08}", day, rng.choice(KINDS), customer, author, rng.choice("10"), _note(rng))


def _note(rng: Random) -> str:
    size = rng.randrange(2, 400)
    return f"{rng.choice(SAID)}，{rng.choice(HEARD)}，{size} 千瓦。{rng.choice(THEN)}，{person_name(rng)}。"


def _deal(rng: Random, number: int, people: Sequence[str]) -> Cells:
    product, price = rng.choice(PRODUCTS)
    opened = DAY + timedelta(days=rng.randrange(DAYS - 200))
    outcome = rng.choice(("won", "lost", "open", "open"))
    closed: Any = opened + timedelta(days=rng.randrange(20, 180)) if outcome != "open" else ""
    owner = rng.choice(people) if people else ""
    amount = round(price * rng.uniform(0.6, 1.4))
    return (f"D{number:07}", product, _number(number), owner, product, amount, outcome, opened, closed)


_REGIONS = ("east", "southwest")
_INDUSTRIES = tuple(sorted(table("names")["industries"]))
_CUSTOMER_HEAD = ("编号", "客户名称", "行业", "省", "市", "员工数", "来源", "负责人")
_TABLES: dict[str, tuple[Sequence[str], Callable[[Random, int, Sequence[str]], Cells]]] = {
    "customers": (_CUSTOMER_HEAD, _customer),
    "customers with people": ((*_CUSTOMER_HEAD, "联系人", "职位", "手机", "邮箱"), _with_person),
    "contacts": (("编号", "联系人", "客户", "职位", "手机"), _contact),
    "touches": (("编号", "日期", "方式", "客户", "人员", "双向", "内容"), _touch),
    "opportunities": (("编号", "商机", "客户", "负责人", "产品", "金额", "状态", "开始", "关闭"), _deal),
}
