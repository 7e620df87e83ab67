"""What comes in a file stands exactly as if somebody had entered it row by row."""

from datetime import date
from uuid import UUID

from django.db import transaction

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from wendu.agreements.actions import write_order
from wendu.agreements.models import Order, OrderLine, OrderMove
from wendu.coach.models import DealStanding, Standing
from wendu.customers.actions import add_contact, create_customer
from wendu.customers.models import Collaborator, Contact, ContactPoint, Customer
from wendu.journal.models import Entry
from wendu.opportunities.actions import close_opportunity, open_opportunity
from wendu.opportunities.choices import LossReason, Outcome, Stage
from wendu.opportunities.models import Closure, Opportunity, StageMove
from wendu.search.models import Entry as Findable
from wendu.touches.actions import TouchDraft, log_touch
from wendu.touches.models import Touch

FILES = {
    "customers": "编号,客户名称,行业,省,市,员工数,负责人\nK1,华信机械,软件和互联网,江苏,苏州,120,alice\nK2,大东,,,,,\n",
    "contacts": "编号,联系人,客户,职位,手机\nP1,王芳,K1,厂长,13812345678\nP2,李雷,K1,,\n",
    "opportunities": "编号,商机,客户,负责人,产品,金额,状态,开始,关闭\n"
    "D1,一期,K1,alice,螺杆机,1200,won,2026-01-05,2026-02-01\n"
    "D2,二期,K1,bob,螺杆机,1.5万,lost,2026-01-06,2026-02-02\n"
    "D3,三期,K2,bob,,,open,2026-01-07,\n",
    "touches": "编号,日期,方式,客户,人员,双向,内容\n"
    "T1,2026-02-03,电话,K1,alice,1,问了近况\nT2,2026-02-04,微信,K2,bob,0,发了资料\n",
    "orders": "订单号,客户,下单日期,金额,数量,产品,需求,原因,备注\n"
    "O1,K1,2026-02-02,1600,2,滤芯,滤芯到期,停机窗口,\nO2,K2,2026-02-20,300,1,安装,,,老客户介绍\n",
}
STORED = (
    Customer,
    Contact,
    ContactPoint,
    Collaborator,
    Opportunity,
    Closure,
    StageMove,
    Touch,
    Standing,
    DealStanding,
    Entry,
    Findable,
    Order,
    OrderLine,
    OrderMove,
)


def _keys():
    """What each row is called in the file, whatever key it got."""
    named = {}
    for model, kind in (
        (Customer, "customer"),
        (Contact, "contact"),
        (Opportunity, "opportunity"),
        (Touch, "touch"),
        (Order, "order"),
    ):
        for pk, number in model.objects.values_list("pk", "external_id"):
            named[kind, pk] = number
    closures = Closure.objects.values_list("pk", "opportunity__external_id")
    return named | {("closure", pk): f"end of {number}" for pk, number in closures}


def _stored():
    """Every column of every row, keys replaced by the numbers of the file."""
    named, found = _keys(), {}
    for model in STORED:
        rows = [_plain(row, named) for row in model.objects.order_by("pk").values()]
        found[model._meta.label] = sorted(rows, key=repr)
    return found


def _plain(row, named):
    kinds = {"subject_id": row.get("subject_kind"), "root_id": row.get("root_kind"), "object_id": row.get("kind")}
    kinds |= {f"{kind}_id": kind for kind in ("customer", "contact", "opportunity", "parent", "order")}
    plain = {}
    for name, value in row.items():
        if name not in {"id", "revision"} and not isinstance(value, UUID):
            plain[name] = named.get((kinds.get(name), value), value) if name in kinds else value
    if (row.get("after") or {}).get("closure"):
        plain["after"] = {**row["after"], "closure": named["closure", row["after"]["closure"]]}
    return plain


def _by_file(folder, cast):
    for kind, text in FILES.items():
        report = bring(table(folder, text, f"{kind}.csv"), kind, cast.ada)
        assert (reasons(report), report.created) == ([], text.count("\n") - 1)


def _by_hand(cast):
    who = {"actor": cast.ada, "at": MONDAY}
    details = {"external_id": "K1", "industry": "software", "province": "江苏", "city": "苏州", "headcount": 120}
    first = create_customer(name="华信机械", owner=cast.alice, details=details, **who)
    second = create_customer(name="大东", owner=None, details={"external_id": "K2"}, **who)
    told = {"external_id": "P1", "job_title": "厂长"}
    add_contact(customer=first, name="王芳", details=told, points=[("mobile", "13812345678")], **who)
    add_contact(customer=first, name="李雷", details={"external_id": "P2"}, **who)
    deals = (
        (first, "一期", cast.alice, date(2026, 1, 5), {"product": "螺杆机", "amount_minor": 120_000}),
        (first, "二期", cast.bob, date(2026, 1, 6), {"product": "螺杆机", "amount_minor": 1_500_000}),
        (second, "三期", cast.bob, date(2026, 1, 7), {}),
    )
    opened = [
        open_opportunity(
            customer=customer,
            title=title,
            owner=owner,
            opened_on=day,
            details={"external_id": f"D{number}", **more},
            stage=Stage.ST1,
            **who,
        )
        for number, (customer, title, owner, day, more) in enumerate(deals, 1)
    ]
    won = {"outcome": Outcome.WON, "closed_on": date(2026, 2, 1), "through_stages": True}
    close_opportunity(opportunity=opened[0], **won, **who)
    lost = {"outcome": Outcome.LOST, "closed_on": date(2026, 2, 2), "reason": LossReason.UNKNOWN}
    close_opportunity(opportunity=opened[1], **lost, **who)
    call = TouchDraft(kind="phone", touched_on=date(2026, 2, 3), is_two_way=True, note="问了近况", external_id="T1")
    message = TouchDraft(
        kind="message", touched_on=date(2026, 2, 4), is_two_way=False, note="发了资料", external_id="T2"
    )
    log_touch(customer=first, draft=call, author=cast.alice, **who)
    log_touch(customer=second, draft=message, author=cast.bob, **who)
    why = {"external_id": "O1", "need": "滤芯到期", "reason": "停机窗口"}
    _ordered(first, date(2026, 2, 2), ("滤芯", 2, 80_000), why, who)
    _ordered(second, date(2026, 2, 20), ("安装", 1, 30_000), {"external_id": "O2", "note": "老客户介绍"}, who)


def _ordered(customer, on, bought, more, who):
    item, quantity, unit_minor = bought
    line = {"item": item, "quantity": quantity, "unit_minor": unit_minor}
    write_order(customer=customer, values={"ordered_on": on, **more}, lines=[line], **who)


def test_a_file_leaves_what_entering_row_by_row_leaves(cast, tmp_path):
    with transaction.atomic():
        _by_file(tmp_path, cast)
        from_file = _stored()
        transaction.set_rollback(True)
    _by_hand(cast)

    by_hand = _stored()

    for label, rows in by_hand.items():
        assert from_file[label] == rows, label
