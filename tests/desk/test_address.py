"""How people are spoken to."""

import pytest

from wendu.desk.address import spoken_name


@pytest.mark.parametrize(
    ("name", "title", "spoken"),
    [
        ("许一帆", "采购总监", "许总"),
        ("顾明舒", "生产部经理", "顾经理"),
        ("欧阳静", "总经理", "欧阳总"),
        ("何立群", "设备工程师", "何工"),
        ("邓丽华", "", "邓丽华"),
        ("Ann Lee", "Manager", "Ann Lee"),
    ],
)
def test_people_are_spoken_to_by_surname_and_title(name, title, spoken):
    assert spoken_name(name, title, "zh-hans") == spoken


def test_english_keeps_the_name():
    assert spoken_name("许一帆", "采购总监", "en") == "许一帆"
