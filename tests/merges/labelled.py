"""Pairs of customers as firms really have them, each labelled by a person: one and the same, or two.

What is written of each: name, city, numbers, addresses, people, trade; a branch names its parent.
"""

from typing import Any, NamedTuple

from wendu.kernel.names import normalise_name
from wendu.merges.scoring import Card


class Pair(NamedTuple):
    """Two customers, and whether a person takes them for one."""

    one: Card
    other: Card
    is_same: bool
    why: str


def card(pk: int, name: str, **more: Any) -> Card:
    """A customer as it is compared."""
    sets = {"numbers", "addresses", "people"}
    told = {key: frozenset(value.split()) if key in sets else value for key, value in more.items()}
    return Card(pk, normalise_name(name), **told)


def _same(why: str, one: tuple[str, dict[str, Any]], other: tuple[str, dict[str, Any]]) -> Pair:
    return Pair(card(1, one[0], **one[1]), card(2, other[0], **other[1]), True, why)


def _two(why: str, one: tuple[str, dict[str, Any]], other: tuple[str, dict[str, Any]]) -> Pair:
    return Pair(card(1, one[0], **one[1]), card(2, other[0], **other[1]), False, why)


def of(name: str, **more: Any) -> tuple[str, dict[str, Any]]:
    """One side."""
    return name, more


PAIRS = [
    _same("legal form left out", of("江苏恒立液压股份有限公司"), of("江苏恒立液压")),
    _same("legal form in another bracket", of("博世（中国）投资有限公司"), of("博世(中国)投资有限公司")),
    _same("group or not", of("三花控股集团有限公司"), of("三花控股")),
    _same("place in front", of("苏州汇川技术有限公司", city="苏州"), of("汇川技术", city="苏州")),
    _same(
        "place with its sign",
        of("宁波市中大力德智能传动股份有限公司", city="宁波"),
        of("中大力德智能传动", city="宁波"),
    ),
    _same("province in front", of("浙江双环传动机械股份有限公司", province="浙江"), of("双环传动机械")),
    _same("one sign wrong", of("杭州海康威视数字技术"), of("杭州海康卫视数字技术")),
    _same("spoken alike", of("昆山沪光汽车电器"), of("昆山沪广汽车电器")),
    _same("spoken alike, typed by ear", of("立讯精密工业"), of("力讯精密工业")),
    _same("one sign left out", of("无锡先导智能装备"), of("无锡先导智能装备厂")),
    _same("trade added", of("桐乡新凤鸣"), of("桐乡新凤鸣化纤")),
    _same("full width letters", of("ＡＢＢ（中国）有限公司"), of("ABB(中国)有限公司")),
    _same("capitals", of("northwind traders ltd."), of("Northwind Traders")),
    _same("a slip in Latin letters", of("Siemens Healthineers"), of("Siemens Healthneers")),
    _same("spaces", of("Ever  Green Logistics Co., Ltd."), of("Evergreen Logistics")),
    _same(
        "same switchboard, short name", of("上海电气集团", numbers="+862133261888"), of("上电", numbers="+862133261888")
    ),
    _same(
        "same mobile, renamed firm",
        of("昊天贸易", numbers="+8613800138000"),
        of("昊天供应链管理", numbers="+8613800138000"),
    ),
    _same(
        "same mail and buyer",
        of("博创智能", addresses="wang@bochuang.cn", people="王磊"),
        of("Bochuang", addresses="wang@bochuang.cn", people="王磊"),
    ),
    _same("same mail", of("凌云光", addresses="info@luster.cn"), of("凌云光技术", addresses="info@luster.cn")),
    _same(
        "shop of one owner by number",
        of("老张五金店", numbers="+8613911112222", people="张伟"),
        of("张伟五金", numbers="+8613911112222", people="张伟"),
    ),
    _same("same name, one without a city", of("嘉善锐捷轴承", city="嘉兴"), of("嘉善锐捷轴承")),
    _same("same name and city", of("常州星宇车灯", city="常州"), of("常州星宇车灯股份有限公司", city="常州")),
    _same("factory written out", of("余姚舜宇模具厂"), of("余姚舜宇模具")),
    _same(
        "older word order of the place", of("深圳市大疆创新科技有限公司", city="深圳"), of("大疆创新科技", city="深圳")
    ),
    _same("tail of the name cut off by another system", of("江苏长电科技股份有限公"), of("江苏长电科技股份有限公司")),
    _same(
        "person, same mobile",
        of("李娜", kind="person", numbers="+8613700001111"),
        of("李娜女士", kind="person", numbers="+8613700001111"),
    ),
    _two(
        "person of the same name elsewhere",
        of("王伟", kind="person", city="北京", numbers="+8613711110000"),
        of("王伟", kind="person", city="成都", numbers="+8613722220000"),
    ),
    _two(
        "two people of the same surname",
        of("陈静", kind="person", city="杭州"),
        of("陈晶晶", kind="person", city="杭州"),
    ),
    _two("branch in another city", of("中国移动苏州分公司", city="苏州"), of("中国移动无锡分公司", city="无锡")),
    _two(
        "branches in two cities, long name",
        of("中国工商银行股份有限公司宁波分行", city="宁波"),
        of("中国工商银行股份有限公司台州分行", city="台州"),
    ),
    _two("parent and branch", of("招商银行", city="深圳"), ("招商银行苏州分行", {"city": "苏州", "parent": 1})),
    _two("second plant", of("赤湖轴承", city="宁波"), of("赤湖轴承二分厂", city="台州")),
    _two(
        "same trade and city, other name",
        of("苏州金龙机械", city="苏州", industry="机械"),
        of("苏州金鹰机械", city="苏州", industry="机械"),
    ),
    _two("same trade words", of("华东电子科技"), of("华南电子科技")),
    _two("place and trade only", of("上海精密仪器", city="上海"), of("上海光学仪器", city="上海")),
    _two("one sign of a short name", of("新能电气"), of("新能源电子")),
    _two("other firm of the same brand", of("格力电器", city="珠海"), of("格力地产", city="珠海")),
    _two("brand and its dealer", of("徐工机械", city="徐州"), of("徐工机械河南经销商宏泰", city="郑州")),
    _two(
        "numbers of the same building only",
        of("鼎盛国际", city="上海", people="刘洋"),
        of("瑞丰咨询", city="上海", people="刘洋"),
    ),
    _two("same buyer in two firms", of("恒力石化", people="周敏"), of("盛虹石化", people="周敏")),
    _two("universities of one city", of("南京理工大学", city="南京"), of("南京工业大学", city="南京")),
    _two("hospitals by number", of("杭州市第一人民医院", city="杭州"), of("杭州市第三人民医院", city="杭州")),
    _two("schools by number", of("成都第七中学", city="成都"), of("成都第九中学", city="成都")),
    _two("nothing in common", of("砚湖轴承"), of("澜岸重工")),
    _two("Latin names of one pattern", of("Pacific Steel Trading"), of("Atlantic Steel Trading")),
    _two("short Latin names", of("ABC Tools"), of("ABB Tools")),
    _two(
        "firm and person of its name", of("张小泉", kind="org", city="杭州"), of("张小泉", kind="person", city="上海")
    ),
    _two("east and west", of("东方电缆", city="宁波"), of("西方电缆", city="宁波")),
]
