"""How a person is spoken to: a surname with the title, the way it is said in a Chinese office."""

TITLES = (
    ("董事长", "董"),
    ("总", "总"),
    ("主任", "主任"),
    ("处长", "处长"),
    ("科长", "科长"),
    ("部长", "部长"),
    ("院长", "院长"),
    ("校长", "校长"),
    ("厂长", "厂长"),
    ("店长", "店长"),
    ("经理", "经理"),
    ("主管", "主管"),
    ("工程师", "工"),
    ("会计", "会计"),
    ("老师", "老师"),
)
DOUBLE_SURNAMES = frozenset(
    {"欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木"}
)
CHINESE = ("\u4e00", "\u9fff")


def spoken_name(name: str, job_title: str, lang: str) -> str:
    """Surname and title in Chinese (许总, 顾经理); the name itself when the title does not tell, or in English."""
    if not lang.startswith("zh") or not name or not CHINESE[0] <= name[0] <= CHINESE[1]:
        return name
    title = next((spoken for written, spoken in TITLES if written in job_title), "")
    return f"{_surname(name)}{title}" if title else name


def _surname(name: str) -> str:
    return name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > len("欧阳") else name[:1]
