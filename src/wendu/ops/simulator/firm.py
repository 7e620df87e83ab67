"""The firm that sells: its organisation, teams and people, one login per role."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from wendu.customers.choices import FieldAbout
from wendu.customers.models import CustomField
from wendu.identity.actions import create_team, found_organisation
from wendu.identity.models import Organisation, User
from wendu.journal.actions import entry_for, record_many

FIRM = "沐泽节能空压"
PASSWORD = "wendu-demo"  # noqa: S105  a demo runs on this machine only, and its settings insist on that
CUSTOMERS_PER_REP = 500
BUSY_DAY = 15
TEAMS = (("华东一组", "east"), ("华东二组", "east"), ("西南组", "southwest"))
# login, full name, role, position of the team (None: the whole firm), skill
PEOPLE = (
    ("boss", "沈知行", "executive", None, 0.0),
    ("admin", "何敏", "admin", None, 0.0),
    ("marketing", "程一诺", "marketing", None, 0.0),
    ("manager", "陆文渊", "manager", 1, 0.0),
    ("manager1", "邱明远", "manager", 0, 0.0),
    ("manager3", "龙海峰", "manager", 2, 0.0),
    ("service", "孙巧", "service", 1, 0.0),
    ("service3", "罗晋", "service", 2, 0.0),
    ("rep", "江晓禾", "rep", 1, 0.78),
    ("gu.yichen", "顾一辰", "rep", 1, 0.55),
    ("tao.ran", "陶然", "rep", 1, 0.35),
    ("bai.lu", "白鹭", "rep", 1, 0.9),
    ("zhou.mo", "周陌", "rep", 0, 0.7),
    ("fang.yuan", "方原", "rep", 0, 0.45),
    ("xu.nian", "许念", "rep", 0, 0.6),
    ("yao.qing", "姚青", "rep", 0, 0.85),
    ("long.xiao", "龙潇", "rep", 2, 0.5),
    ("ran.ye", "冉野", "rep", 2, 0.75),
    ("mu.chuan", "穆川", "rep", 2, 0.3),
    ("ning.shu", "宁舒", "rep", 2, 0.65),
)
SHOWN = ("rep", "manager", "service", "marketing", "boss", "admin")


@dataclass(frozen=True, slots=True)
class Rep:
    """A seller as the simulator needs him."""

    user: User
    region: str
    skill: float


@dataclass(frozen=True, slots=True)
class Firm:
    """Who works here."""

    organisation: Organisation
    admin: User
    reps: tuple[Rep, ...]
    service: tuple[User, ...]


@transaction.atomic
def found(customers: int, *, at: datetime) -> Firm:
    """Set up the firm with enough sales reps for so many customers."""
    organisation = found_organisation(at=at, name=FIRM)
    centre = create_team(name="销售中心", actor=None, at=at)
    teams = [create_team(name=name, parent=centre, actor=None, at=at) for name, _ in TEAMS]
    secret = make_password(PASSWORD)
    reps: list[Rep] = []
    users: dict[str, User] = {}
    for login, name, role, place, skill in (*PEOPLE, *_more(customers)):
        team = centre if place is None else teams[place]
        email = f"{login}@example.com"  # a domain nobody's mail goes to
        user = User(username=login, full_name=name, email=email, role=role, team=team, password=secret, joined_at=at)
        user.save()
        users[login] = user
        if role == "rep" and place is not None:
            reps.append(Rep(user, TEAMS[place][1], skill))
    User.objects.filter(username="rep").update(daily_capacity=BUSY_DAY)
    record_many(
        entry_for("user.created", subject=user, actor=None, at=at, after={"username": user.username, "role": user.role})
        for user in users.values()
    )
    _fields()
    return Firm(organisation, users["admin"], tuple(reps), (users["service"], users["service3"]))


def known(*, main: str = "rep") -> Firm | None:
    """The firm of a database that was loaded before; None if there is none."""
    user = User.objects.filter(username=main).first()
    if user is None or not Organisation.objects.filter(name=FIRM).exists():
        return None
    admin = User.objects.get(username="admin")
    reps = [Rep(each, "east", 0.5) for each in User.objects.filter(role="rep").order_by("pk")]
    return Firm(Organisation.objects.current(), admin, tuple(reps), ())


def _more(customers: int) -> list[tuple[str, str, str, int, float]]:
    """Further sellers of a big firm, numbered."""
    wanted = customers // CUSTOMERS_PER_REP - sum(1 for person in PEOPLE if person[2] == "rep")
    return [
        (f"rep{number:04}", f"销售{number:04}", "rep", number % len(TEAMS), 0.3 + (number % 7) / 10)
        for number in range(1, wanted + 1)
    ]


SHIFTS = (("白班", "Day shift"), ("两班", "Two shifts"), ("三班", "Three shifts"))
TENDERS = (
    ("open", "公开招标", "Open tender"),
    ("asked", "邀请招标", "By invitation"),
    ("none", "直接采购", "No tender"),
)


def _fields() -> None:
    shifts = [{"code": zh, "zh": zh, "en": en} for zh, en in SHIFTS]
    tenders = [{"code": code, "zh": zh, "en": en} for code, zh, en in TENDERS]
    wanted: tuple[tuple[FieldAbout, str, str, str, str, list[dict[str, str]]], ...] = (
        (FieldAbout.CUSTOMER, "air_kw", "装机功率 kW", "Installed kW", "number", []),
        (FieldAbout.CUSTOMER, "shift", "班制", "Shifts", "choice", shifts),
        (FieldAbout.CONTACT, "likes", "爱好", "Likes", "text", []),
        (FieldAbout.OPPORTUNITY, "tender", "采购方式", "Bought by", "choice", tenders),
        (FieldAbout.OPPORTUNITY, "added_kw", "新增功率 kW", "Added kW", "number", []),
    )
    for position, (about, code, label_zh, label_en, kind, options) in enumerate(wanted):
        CustomField.objects.get_or_create(
            about=about,
            code=code,
            defaults={
                "label_zh": label_zh,
                "label_en": label_en,
                "type": kind,
                "options": options,
                "position": position,
            },
        )
