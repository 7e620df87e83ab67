"""One example of every field and every comparison, with whom of the scene it finds where that is plain."""

from tests.cast import Cast
from tests.web.scene import Scene
from wendu.customers.actions import (
    add_collaborator,
    change_owner,
    define_field,
    edit_customer,
    set_custom_value,
    tag_customer,
)
from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField, Tag
from wendu.kernel.clock import now

EVERYONE = {
    "砚湖轴承",
    "澜岸重工",
    "桐溪注塑",
    "北栅纺织",
    "赤岭建材",
    "禾木食品",
    "鹿鸣包装",
    "远汀化纤",
    "云麓电子",
    "青屿精密",
}


def dress(cast: Cast, scene: Scene) -> None:
    """Tags, fields of the company's own, places and a collaborator, so that every filter has something to find."""
    at, customers = now(), scene.customers
    for code, kind, options in (
        ("size", FieldType.NUMBER, ()),
        ("signed", FieldType.DATE, ()),
        ("grade", FieldType.CHOICE, ("gold", "silver")),
        ("vip", FieldType.FLAG, ()),
        ("remark", FieldType.TEXT, ()),
    ):
        define_field(
            code=code, label_zh=f"自定{code}", label_en=f"Own {code}", type=kind, options=options, actor=cast.ada, at=at
        )
    known = {field.code: field for field in CustomField.objects.all()}
    values = {"size": "12.5", "signed": "2026-03-31", "grade": "gold", "vip": "yes", "remark": "爱打羽毛球"}
    for code, value in values.items():
        set_custom_value(customer=customers["砚湖轴承"], field=known[code], value=value, actor=cast.alice, at=at)
    set_custom_value(customer=customers["澜岸重工"], field=known["size"], value="80", actor=cast.alice, at=at)
    set_custom_value(customer=customers["澜岸重工"], field=known["vip"], value="no", actor=cast.alice, at=at)
    tag_customer(customer=customers["砚湖轴承"], name="重点", actor=cast.alice, at=at)
    tag_customer(customer=customers["桐溪注塑"], name="展会", actor=cast.alice, at=at)
    tag_customer(customer=customers["竹间日化"], name="外区", actor=cast.charlie, at=at)
    add_collaborator(customer=customers["桐溪注塑"], user=cast.bob, actor=cast.alice, at=at)
    change_owner(customer=customers["远汀化纤"], owner=None, actor=cast.ada, at=at)
    changes = {
        "city": "宁波",
        "province": "浙江",
        "market": "b2g",
        "product_kind": "subscription",
        "industry": "新材料",
    }
    edit_customer(customer=customers["北栅纺织"], changes=changes, actor=cast.alice, at=at)


def examples(cast: Cast, scene: Scene) -> list[tuple[str, set[str] | None]]:
    """What Ada, who sees all, asks, and whom she finds (None: whoever it is)."""
    tag = Tag.objects.get(name="重点").uuid
    day = scene.today.isoformat()
    alice, bob, east = cast.alice.uuid, cast.bob.uuid, cast.east.uuid
    return [
        ("class.in:A", {"砚湖轴承", "澜岸重工", "青屿精密"}),
        ("class.in:D,none", {"远汀化纤", "云麓电子"}),
        ("class.not:A,B", {"赤岭建材", "禾木食品", "远汀化纤", "云麓电子"}),
        ("class.known", EVERYONE - {"云麓电子"}),
        ("class.unknown", {"云麓电子"}),
        ("status.in:unvisited", {"云麓电子"}),
        ("status.not:unvisited", EVERYONE - {"云麓电子"}),
        ("status.known", EVERYONE),
        ("status.unknown", set()),
        ("heat.from:60", None),
        ("heat.to:20", None),
        ("heat.between:60,20", None),
        ("heat.known", EVERYONE - {"云麓电子"}),
        ("heat.unknown", {"云麓电子"}),
        ("alert.in:cold_gap", None),
        ("alert.in:strike,missed_heat,due", None),
        ("alert.in:first_touch_due", {"云麓电子"}),
        ("alert.not:window_overdue,revisit_due,cold_gap_severe", None),
        ("window.in:running", None),
        ("window.in:over,soon", None),
        ("window.in:none", {"云麓电子"}),
        ("window.not:none", EVERYONE - {"云麓电子"}),
        ("latest.over:14", {"鹿鸣包装", "远汀化纤", "云麓电子", "青屿精密"}),
        ("latest.last:5", {"砚湖轴承", "澜岸重工"}),
        ("latest.since:2026-01-01", None),
        ("latest.until:2001-01-01", set()),
        (f"latest.between:{day},2001-01-01", EVERYONE - {"云麓电子"}),
        ("latest.known", EVERYONE - {"云麓电子"}),
        ("latest.unknown", {"云麓电子"}),
        ("latest.past", EVERYONE - {"云麓电子"}),
        ("latest.within:0", set()),
        ("due.past", None),
        ("due.within:7", None),
        ("due.over:0", None),
        ("due.last:30", None),
        (f"due.since:{day}", None),
        (f"due.until:{day}", None),
        (f"due.between:{day},2999-01-01", None),
        ("due.known", None),
        ("due.unknown", None),
        ("deadline.past", None),
        ("deadline.within:30", None),
        ("since.over:10", None),
        ("since.last:3650", None),
        ("ordered.over:30", EVERYONE),
        ("ordered.known", set()),
        ("ordered.unknown", EVERYONE),
        (f"owner.in:{bob}", {"青屿精密"}),
        (f"owner.not:{alice}", {"青屿精密", "远汀化纤"}),
        ("owner.in:me", set()),
        ("owner.in:none", {"远汀化纤"}),
        ("owner.known", EVERYONE - {"远汀化纤"}),
        ("owner.unknown", {"远汀化纤"}),
        (f"with.in:{bob}", {"桐溪注塑"}),
        (f"with.not:{bob}", EVERYONE - {"桐溪注塑"}),
        ("with.known", {"桐溪注塑"}),
        ("with.unknown", EVERYONE - {"桐溪注塑"}),
        (f"team.in:{east}", EVERYONE - {"远汀化纤"}),
        (f"team.in:{cast.north.uuid}", EVERYONE - {"远汀化纤"}),
        (f"team.not:{east}", {"远汀化纤"}),
        ("team.known", EVERYONE - {"远汀化纤"}),
        ("team.unknown", {"远汀化纤"}),
        (f"tag.in:{tag}", {"砚湖轴承"}),
        (f"tag.not:{tag}", EVERYONE - {"砚湖轴承"}),
        ("tag.known", {"砚湖轴承", "桐溪注塑"}),
        ("tag.unknown", EVERYONE - {"砚湖轴承", "桐溪注塑"}),
        ("amount.from:80万", {"砚湖轴承", "澜岸重工"}),
        ("amount.to:90000", {"禾木食品"}),
        ("amount.between:500000,300000", {"桐溪注塑", "北栅纺织", "鹿鸣包装", "青屿精密"}),
        ("amount.known", EVERYONE - {"远汀化纤", "云麓电子"}),
        ("amount.unknown", {"远汀化纤", "云麓电子"}),
        ("stage.in:ST1", EVERYONE - {"远汀化纤", "云麓电子"}),
        ("stage.in:ST4,none", {"远汀化纤", "云麓电子"}),
        ("stage.not:ST1", {"远汀化纤", "云麓电子"}),
        ("stage.known", EVERYONE - {"远汀化纤", "云麓电子"}),
        ("stage.unknown", {"远汀化纤", "云麓电子"}),
        ("furthest.in:ST1", EVERYONE - {"远汀化纤", "云麓电子"}),
        ("furthest.in:none", {"远汀化纤", "云麓电子"}),
        ("furthest.not:ST1", {"远汀化纤", "云麓电子"}),
        ("furthest.known", EVERYONE - {"远汀化纤", "云麓电子"}),
        ("furthest.unknown", {"远汀化纤", "云麓电子"}),
        ("market.in:b2g", {"北栅纺织"}),
        ("market.not:b2g,b2c", EVERYONE - {"北栅纺织"}),
        ("industry.in:新材料", {"北栅纺织"}),
        ("industry.not:新材料", EVERYONE - {"北栅纺织"}),
        ("industry.known", EVERYONE),
        ("industry.unknown", set()),
        ("product.in:subscription", {"北栅纺织"}),
        ("sale.in:project,key_account", set()),
        ("tier.in:normal", EVERYONE),
        ("kind.in:person", set()),
        ("province.in:浙江", {"北栅纺织"}),
        ("province.unknown", EVERYONE - {"北栅纺织"}),
        ("city.in:宁波,杭州", {"北栅纺织"}),
        ("city.has:苏", EVERYONE - {"北栅纺织"}),
        ("source.has:展", EVERYONE),
        ("source.known", EVERYONE),
        ("name.has:轴承", {"砚湖轴承"}),
        ("name.in:砚湖轴承,没有的", {"砚湖轴承"}),
        ("created.last:365", EVERYONE),
        ("created.over:100", EVERYONE),
        (f"created.since:{day}", set()),
        (f"created.until:{day}", EVERYONE),
        (f"created.between:2001-01-01,{day}", EVERYONE),
        ("text.has:tx", {"桐溪注塑"}),
        ("text.has:根本没有的词", set()),
        ("x_size.from:12.5", {"砚湖轴承", "澜岸重工"}),
        ("x_size.to:12.5", {"砚湖轴承"}),
        ("x_size.between:20,100", {"澜岸重工"}),
        ("x_size.known", {"砚湖轴承", "澜岸重工"}),
        ("x_size.unknown", EVERYONE - {"砚湖轴承", "澜岸重工"}),
        ("x_signed.since:2026-03-31", {"砚湖轴承"}),
        ("x_signed.until:2026-03-30", set()),
        ("x_signed.over:3650", set()),
        ("x_grade.in:gold", {"砚湖轴承"}),
        ("x_grade.in:silver", set()),
        ("x_grade.known", {"砚湖轴承"}),
        ("x_vip.yes", {"砚湖轴承"}),
        ("x_vip.no", {"澜岸重工"}),
        ("x_vip.unknown", EVERYONE - {"砚湖轴承", "澜岸重工"}),
        ("x_remark.has:羽毛", {"砚湖轴承"}),
        ("x_remark.in:爱打羽毛球", {"砚湖轴承"}),
    ]


BAD = [
    "class.in:Z",
    "status.in:sleeping",
    "alert.in:fire",
    "window.in:open",
    "stage.in:ST9",
    "furthest.in:ST9",
    "heat.from:warm",
    "heat.from:nan",
    "heat.from:",
    "amount.from:much",
    "amount.from:99999999999999999999999999",
    "latest.over:-1",
    "latest.over:²",
    "latest.over:99999",
    "latest.since:2026-13-40",
    "latest.since:0001-01-01",
    "latest.between:2026-01-01",
    "moon.in:full",
    "class.has:A",
    "heat.in:60",
    "x_nothing.in:a",
    "x_size.from:many",
    "x_grade.in:bronze",
    "nonsense",
]
