"""Who the customers are: firms, public bodies and households that exist nowhere."""

from datetime import date, timedelta
from random import Random
from typing import Any

from wendu.ops.simulator.facts import Life, Person
from wendu.ops.simulator.words import table

ALLOWED_PREFIX = "169"  # not issued to anybody
CROWD = 3000  # from so many customers on, the city goes into the name so that names stay apart
MARKETS = (("b2b", 0.72), ("b2g", 0.12), ("b2c", 0.16))


def customer(rng: Random, index: int, *, rep: int, region: str, created_on: date) -> Life:
    """Make up one customer with its people; nothing has happened with it yet."""
    words = table("names")
    market = _pick(rng, MARKETS)
    province, city = rng.choice(words["cities"][region])
    life = Life(index=index, name="", rep=rep, created_on=created_on, market=market, province=province, city=city)
    {"b2b": _firm, "b2g": _body, "b2c": _household}[market](rng, life, words)
    if index >= CROWD and market != "b2c":
        life.name = f"{city}{life.name}"
    life.source = rng.choice(words["sources"]) if market != "b2g" else "招标公告"
    life.tags = rng.sample(words["tags"], rng.choice((0, 0, 1, 1, 2))) if market == "b2b" else []
    life.people = people(rng, life.market, life.name)
    return life


def people(rng: Random, market: str, owner_name: str = "") -> list[Person]:
    """The people to talk to, the one with the say first."""
    words = table("names")
    roles = {"b2b": words["roles"], "b2g": words["public_roles"], "b2c": words["home_roles"]}[market]
    count = {"b2b": rng.choice((1, 2, 2, 3, 4)), "b2g": rng.choice((2, 3)), "b2c": rng.choice((1, 1, 2))}[market]
    chosen = sorted(rng.sample(range(len(roles)), min(count, len(roles))))
    found = []
    for position in chosen if market != "b2c" else range(count):
        role = roles[position]
        name = owner_name.removesuffix("家庭") if market == "b2c" and position == 0 else person_name(rng)
        found.append(
            Person(
                name=name,
                title=role["title"],
                department=role["department"],
                mobile=mobile(rng),
                role=role["role"],
                is_receptive=role.get("receptive", False),
                is_dissatisfied=role.get("dissatisfied", False),
                is_powerful=role.get("powerful", False),
                weight=role["weight"],
            )
        )
    return found


def person_name(rng: Random) -> str:
    """A name of two or three signs."""
    words = table("names")
    return f"{rng.choice(words['surnames'])}{rng.choice(words['given'])}"


def mobile(rng: Random) -> str:
    """A mobile number in E.164 that nobody can have."""
    return f"+86{ALLOWED_PREFIX}{rng.randrange(10**8):08d}"


def subsidiary(rng: Random, life: Life, parent: Life) -> None:
    """Turn a customer into a plant of an earlier one."""
    site = rng.choice(("二厂", "分公司", "新厂", "物流园"))
    life.parent, life.name, life.industry = parent.index, f"{parent.name}{life.city}{site}", parent.industry


def created_day(rng: Random, today: date, *, days: int = 730) -> date:
    """When a customer was taken up: more of them lately, as the firm grows."""
    return today - timedelta(days=int(days * rng.random() ** 1.6))


def _firm(rng: Random, life: Life, words: Any) -> None:
    life.industry = rng.choice(sorted(words["industries"]))
    life.name = f"{_stem(rng, words)}{rng.choice(words['industries'][life.industry])}"
    life.headcount = int(rng.choice((40, 90, 160, 320, 640, 1400)) * rng.uniform(0.7, 1.4))
    life.sale_kind = _pick(rng, (("standard", 0.8), ("project", 0.13), ("key_account", 0.07)))
    life.tier = _pick(rng, (("normal", 0.62), ("key", 0.2), ("basic", 0.12), ("strategic", 0.06)))
    life.custom = {"air_kw": rng.choice((75, 110, 160, 250, 400)), "shift": rng.choice(("两班", "三班", "白班"))}


def _body(rng: Random, life: Life, words: Any) -> None:
    life.industry = rng.choice(sorted(words["bodies"]))
    life.name = f"{_stem(rng, words)}{rng.choice(words['bodies'][life.industry])}"
    life.sale_kind, life.headcount = rng.choice(("project", "standard")), rng.randint(80, 2200)
    life.custom = {"air_kw": rng.choice((75, 160, 250)), "shift": "三班"}


def _household(rng: Random, life: Life, words: Any) -> None:
    life.kind, life.industry, life.product_kind, life.tier = "person", "home", "subscription", "basic"
    life.name = f"{rng.choice(words['surnames'])}{rng.choice(words['given'])}家庭"


def _stem(rng: Random, words: Any) -> str:
    return f"{rng.choice(words['first'])}{rng.choice(words['second'])}"


def _pick(rng: Random, shares: tuple[tuple[str, float], ...]) -> str:
    roll = rng.random()
    for value, share in shares:
        roll -= share
        if roll < 0:
            return value
    return shares[0][0]
