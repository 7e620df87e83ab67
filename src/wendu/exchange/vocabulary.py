"""The words of tables: how columns are called in Chinese and English, and what the cells below them say."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from wendu.agreements.choices import ContractKind, ContractState, OrderState, SubscriptionState, Use
from wendu.customers.choices import CustomerKind, FieldAbout, Market, ProductKind, SaleKind, Tier
from wendu.exchange.finding_words import AGREED_FIELDS, FINDING_FIELDS, KNOWN_BY
from wendu.exchange.trade_words import (
    CONTRACT_KINDS,
    CONTRACT_STATES,
    LIBRARY_KINDS,
    SUBSCRIPTION_STATES,
    TRADE_FIELDS,
    TRADE_NEEDED,
    USES,
)
from wendu.identity.choices import Role
from wendu.offers.choices import HelpKind, SolutionKind
from wendu.opportunities.choices import LossReason, Outcome, Stage
from wendu.packs.queries import current_playbook
from wendu.touches.choices import Refusal, TouchKind, TouchOutcome

_ASIDE = re.compile(r"[\s_\-*:./()（）：]+")
_SIMPLER = str.maketrans(
    "戶稱編號聯絡電話機郵箱職務門備註說帳級區團隊負責類業縣員數來組經歷鄭東臺灣記錄時間內容結約諾溫產額狀態階開關閉單"
    "進敗價標幣種預計簽測試車專誰對雙動過體線環國際層參與權驗證貨應為無選擇擬維護該個",
    "户称编号联络电话机邮箱职务门备注说账级区团队负责类业县员数来组经历郑东台湾记录时间内容结约诺温产额状态阶开关闭单"
    "进败价标币种预计签测试车专谁对双动过体线环国际层参与权验证货应为无选择拟维护该个",
)

PLAIN = ("users", "customers", "contacts", "touches", "opportunities", "orders", "receipts", *TRADE_FIELDS)
KINDS = (*PLAIN, *FINDING_FIELDS, *AGREED_FIELDS)
ABOUT = {
    "customers": FieldAbout.CUSTOMER,
    "contacts": FieldAbout.CONTACT,
    "opportunities": FieldAbout.OPPORTUNITY,
}
"""The kinds of table with fields of the company's own, and what those are about."""

_PERSON_POINTS = {
    "contact": "联系人 联系人姓名 联络人 contact contact_name contact_person",
    "mobile": "手机 手机号 手机号码 移动电话 行动电话 mobile mobile_phone cell cellphone",
    "phone": "电话 电话号码 座机 固话 联系电话 phone telephone tel phone_number",
    "email": "邮箱 电子邮箱 电子邮件 邮件 email e-mail mail email_address",
    "wechat": "微信 微信号 wechat weixin",
    "job_title": "职位 职务 job_title position",
    "department": "部门 department",
}
_FIELDS: dict[str, dict[str, str]] = {
    "users": {
        "username": "登录名 账号 用户名 login username user_name account_name",
        "full_name": "姓名 全名 名字 name full_name",
        "email": "邮箱 电子邮箱 email e-mail mail",
        "phone": "手机 电话 手机号 phone mobile",
        "role": "角色 role",
        "team": "团队 小组 team",
        "team_parent": "上级团队 大区 区域 parent_team region",
        "team_manager": "主管 经理 团队负责人 manager team_manager",
        "daily_capacity": "每日步数 daily_capacity",
    },
    "customers": {
        "uuid": "系统编号 wendu_id uuid",
        "external_id": "编号 客户编号 客户编码 客户id external_id id customer_id code",
        "name": "客户名称 客户 名称 公司 公司名称 单位 单位名称 name customer company company_name account",
        "kind": "客户类型 类型 kind",
        "market": "市场 市场类型 market",
        "industry": "行业 所属行业 industry sector",
        "product_kind": "产品类型 product_kind",
        "sale_kind": "销售类型 sale_kind",
        "tier": "客户级别 联系级别 级别 tier",
        "province": "省 省份 province state",
        "city": "市 城市 city",
        "address": "地址 详细地址 address",
        "headcount": "人数 员工数 员工人数 规模 headcount employees",
        "brand_note": "品牌分 口碑分 brand_note",
        "source_text": "来源 客户来源 线索来源 source source_text",
        "note": "备注 说明 note notes remark remarks",
        "owner": "负责人 客户负责人 归属人 销售 owner sales_owner account_owner",
        "parent": "上级 上级客户 上级公司 母公司 总公司 parent parent_company parent_account subsidiary_of",
        "referrer": "介绍人 介绍客户 转介绍人 推荐人 referrer referred_by brought_by",
        **_PERSON_POINTS,
    },
    "contacts": {
        "uuid": "系统编号 wendu_id uuid",
        **_PERSON_POINTS,
        "external_id": "编号 联系人编号 external_id id contact_id",
        "contact": "联系人 联系人姓名 联络人 姓名 名字 contact contact_name name full_name",
        "customer": "客户 客户名称 客户编号 公司 公司名称 单位 customer customer_name company account",
        "note": "备注 说明 note notes remark",
        "left_on": "离职日期 left_on",
        "do_not_contact": "勿扰 不再联系 do_not_contact",
    },
    "touches": {
        "uuid": "系统编号 wendu_id uuid",
        "external_id": "编号 记录编号 external_id id",
        "touched_on": "日期 跟进日期 时间 跟进时间 联系日期 date day touched_on",
        "kind": "方式 跟进方式 联系方式 类型 kind type channel method",
        "customer": "客户 客户名称 客户编号 公司 公司名称 customer customer_name company account",
        "contact": "联系人 contact contact_name",
        "author": "人员 跟进人 记录人 负责人 销售 author owner user rep",
        "is_two_way": "双向 有互动 two_way is_two_way two-way",
        "is_proactive": "主动 proactive is_proactive",
        "outcome": "结果 跟进结果 outcome result",
        "refusal": "拒绝什么 refusal",
        "objective": "目标 objective goal",
        "value_note": "价值 带去的价值 value_note value",
        "note": "内容 跟进内容 备注 说明 沟通内容 note notes content text",
        "opportunity": "商机 商机名称 商机编号 opportunity deal",
        "agreed_on": "约定日期 下次日期 下次联系 agreed_on next_date",
        "commitment": "客户承诺 承诺 commitment",
        "commitment_due_on": "承诺日期 commitment_date commitment_due_on",
        "promise": "我方承诺 promise our_promise",
        "promise_due_on": "我方承诺日期 promise_date promise_due_on",
        "guess": "体感温度 温度 guess",
        "emotion_benefit": "情绪收益 emotion_benefit",
        "emotion_cost": "情绪成本 emotion_cost",
    },
    "opportunities": {
        "uuid": "系统编号 wendu_id uuid",
        "external_id": "编号 商机编号 external_id id opportunity_id deal_id",
        "title": "商机 商机名称 名称 标题 title name opportunity deal",
        "customer": "客户 客户名称 客户编号 公司 公司名称 customer customer_name company account",
        "owner": "负责人 销售 人员 owner sales_agent rep",
        "product": "产品 产品名称 product",
        "amount": "金额 预计金额 商机金额 amount value close_value",
        "amount_is_estimated": "金额是估计 估算 estimated amount_is_estimated",
        "list_price": "目录价 标价 list_price",
        "currency": "币种 currency",
        "stage": "阶段 商机阶段 stage deal_stage",
        "outcome": "状态 结果 outcome status state",
        "opened_on": "开始 开始日期 创建日期 立项日期 opened_on opened start start_date engage_date",
        "expected_on": "预计签约 预计签约日期 预计成交日期 expected_on expected expected_close",
        "closed_on": "关闭 关闭日期 成交日期 结束日期 closed_on closed close_date end_date",
        "reason": "输单原因 丢单原因 原因 reason loss_reason",
        "note": "备注 说明 note notes remark",
    },
    "orders": {
        "uuid": "系统编号 wendu_id uuid",
        "external_id": "编号 订单编号 订单号 external_id id order_id order_number",
        "customer": "客户 客户名称 客户编号 公司 公司名称 customer customer_name customer_id company account",
        "ordered_on": "日期 下单日期 订单日期 购买日期 date ordered_on order_date",
        "item": "产品 产品名称 品名 item product",
        "quantity": "数量 件数 quantity units qty",
        "amount": "金额 订单金额 总价 amount value total",
        "currency": "币种 currency",
        "state": "状态 订单状态 state status",
        "need": "需求 背后的需求 need",
        "reason": "原因 购买原因 reason",
        "scenario": "场景 使用场景 scenario",
        "behaviour": "购买行为 behaviour",
        "note": "备注 说明 note notes remark",
    },
    "receipts": {
        "uuid": "系统编号 wendu_id uuid",
        "external_id": "编号 回款编号 回款单号 收款单号 external_id id receipt_id receipt_number",
        "order": "订单 订单号 订单编号 order order_id order_number",
        "received_on": "日期 回款日期 收款日期 到账日期 date received_on receipt_date",
        "amount": "金额 回款金额 收款金额 amount value",
        "note": "备注 说明 note notes remark",
    },
    **TRADE_FIELDS,
    **FINDING_FIELDS,
    **AGREED_FIELDS,
}
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    **{kind: (("opportunity",), *((name,) for name in known_by)) for kind, known_by in KNOWN_BY.items()},
    **dict.fromkeys(AGREED_FIELDS, (("customer",), ("what",), ("due_on",))),
    **TRADE_NEEDED,
    "users": (("full_name", "username"),),
    "customers": (("name",),),
    "contacts": (("contact",), ("customer",)),
    "touches": (("touched_on",), ("kind",), ("customer",)),
    "opportunities": (("title", "product"), ("customer", "owner")),
    "orders": (("customer",), ("ordered_on",), ("amount",)),
    "receipts": (("order",), ("received_on",), ("amount",)),
}
_YES = "是 有 对 y yes true 1 t √ ✓ 双向 主动"
_NO = "否 无 不 没有 n no false 0 f × 单向 被动"
_TOUCH_KINDS = {
    TouchKind.MASS_MESSAGE: "群发 群发消息 短信群发 mass newsletter",
    TouchKind.ARTICLE: "资料 文章 发资料 article content",
    TouchKind.MESSAGE: "微信 邮件 短信 消息 信息 企微 钉钉 微信或邮件 wechat email mail sms message text chat",
    TouchKind.CARE: "关怀 问候 节日问候 care greeting",
    TouchKind.SERVICE: "服务 售后 维修 service support",
    TouchKind.PHONE: "电话 通话 打电话 去电 来电 phone call phone_call",
    TouchKind.EVENT: "活动 会展 展会 沙龙 event exhibition",
    TouchKind.ONLINE_MEETING: "线上会议 视频会议 会议 腾讯会议 online_meeting meeting video_call online",
    TouchKind.VISIT: "拜访 上门 面谈 来访 见面 visit face_to_face",
    TouchKind.DEMO: "演示 试用 样品 产品演示 demo trial demonstration",
    TouchKind.NEGOTIATION: "谈判 商务谈判 议价 negotiation",
}
_OUTCOMES = {
    TouchOutcome.NONE: "保持联系 无 kept_in_touch none",
    TouchOutcome.ORDER: "签单 签约 成交 下单 order signed",
    TouchOutcome.ADVANCE: "进展 推进 advance",
    TouchOutcome.CONTINUATION: "待续 继续 暂缓 continuation to_be_continued",
    TouchOutcome.NO_SALE: "拒绝 未成交 失败 no_sale refused",
}
_REFUSALS = {Refusal.PURCHASE: "不买 购买 purchase", Refusal.OBJECTIVE: "不答应 目标 objective"}
_ROLES = {
    Role.REP: "销售 业务员 销售代表 rep sales sales_rep",
    Role.MANAGER: "主管 经理 销售经理 manager sales_manager",
    Role.SERVICE: "客服 服务 service",
    Role.MARKETING: "市场 marketing",
    Role.EXECUTIVE: "高管 老板 executive",
    Role.ADMIN: "管理员 系统管理员 admin administrator",
}
_STAGES = {
    Stage.ST1: "需求 需求阶段 1 demand prospecting",
    Stage.ST2: "展示 方案 展示阶段 2 presentation engaging",
    Stage.ST3: "信任 信任阶段 3 trust",
    Stage.ST4: "签约 签约阶段 4 signing",
}
_DEAL_OUTCOMES = {
    Outcome.WON: "赢单 成交 已成交 签单 赢 won closed_won",
    Outcome.LOST: "输单 丢单 已输 失败 输 lost closed_lost",
    Outcome.CANCELLED: "取消 已取消 cancelled canceled",
    "open": "进行中 跟进中 未关闭 open in_progress",
}
_ORDER_STATES = {
    OrderState.OPEN: "已签 已下单 signed placed",
    OrderState.DELIVERING: "交付中 发货中 delivering shipped",
    OrderState.ACCEPTED: "已验收 已收货 accepted delivered",
    OrderState.PAID: "已付款 已付清 paid completed",
    OrderState.DISPUTED: "有争议 disputed",
    OrderState.CANCELLED: "取消 已取消 cancelled canceled",
}
_REASONS = {
    LossReason.VALUE_NOT_CONVEYED: "没讲清价值",
    LossReason.NO_TRUST: "信任不够",
    LossReason.VALUE_TOO_LOW: "价值不够",
    LossReason.CHEAPER_ELSEWHERE: "价格 价格太高 别家便宜 price",
    LossReason.NO_DECISION: "没有决定 不做了 搁置",
    LossReason.UNKNOWN: "不知道 未知 其他 unknown",
}
_MARKETS = {
    Market.B2B: "企业 企业客户 business",
    Market.B2G: "政府 政府客户 公共 事业单位 public government",
    Market.B2C: "个人 消费者 家庭 consumer",
}
_CUSTOMER_KINDS = {
    CustomerKind.ORG: "单位 公司 企业 组织 org organisation organization company",
    CustomerKind.PERSON: "个人 自然人 person individual",
}
_TIERS = {Tier.STRATEGIC: "战略", Tier.KEY: "重点 重要", Tier.NORMAL: "普通 一般", Tier.BASIC: "基础"}
_SALE_KINDS = {
    SaleKind.STANDARD: "常规销售",
    SaleKind.PROJECT: "项目 项目销售",
    SaleKind.KEY_ACCOUNT: "大客户 大客户销售",
}
_PRODUCT_KINDS = {ProductKind.STANDARD: "产品 产品或服务 服务", ProductKind.SUBSCRIPTION: "订阅"}


def key_of(text: str) -> str:
    """Write a header or word the way it is compared: width, case, traditional signs, blanks and punctuation aside."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLER)
    return _ASIDE.sub("", plain)


@cache
def all_names() -> frozenset[str]:
    """Every name a column may have in a table of any kind."""
    return frozenset(name for kind in KINDS for name in fields_of(kind))


def fields_of(kind: str) -> dict[str, str]:
    """Give every name a column of this kind of table may have, and the field it means."""
    names = {key_of(name): field for field, words in _FIELDS[kind].items() for name in words.split()}
    return {**names, **{key_of(field): field for field in _FIELDS[kind]}}


def all_fields(kind: str) -> tuple[str, ...]:
    """Name the fields a table of this kind can fill."""
    return tuple(_FIELDS[kind])


def header_words(kind: str, field: str) -> str:
    """Name a field for people, in Chinese and English."""
    words = _FIELDS[kind][field].split()
    chinese = words[0]
    english = next((word for word in words if word.isascii()), field)
    return f"{chinese}/{english}"


def field_word(kind: str, field: str, language: str) -> str:
    """Name a field for a reader of one language (`zh` or `en`)."""
    words = _FIELDS[kind][field].split()
    if language == "zh":
        return words[0]
    english = next((word for word in words if word.isascii()), field)
    return english.replace("_", " ").capitalize()


def word_list(name: str) -> dict[str, str]:
    """Give the words of a closed list with the symbol each of them means."""
    return _LISTS[name]()


def _listed(
    words: Mapping[Any, str], symbols: Iterable[str] = (), said: type[TextChoices] | None = None
) -> dict[str, str]:
    """Every word a symbol of a list may have in a file: itself, those of lists as people keep them, and our own."""
    found = {key_of(str(symbol)): str(symbol) for symbol in (*symbols, *words)}
    for symbol, text in words.items():
        for word in text.split():
            found.setdefault(key_of(word), str(symbol))
    for language, _name in settings.LANGUAGES if said else ():
        with override(language):
            for symbol, label in said.choices if said else ():
                found.setdefault(key_of(str(label)), str(symbol))
    return found


def _touch_kinds() -> dict[str, str]:
    names = {kind: f"{row.name.zh} {key_of(row.name.en)}" for kind, row in current_playbook().temperature.kinds.items()}
    return {**_listed(names), **_listed(_TOUCH_KINDS, TouchKind.values)}


def _industries() -> dict[str, str]:
    rows = current_playbook().factors.industry
    return _listed({code: f"{row.name.zh} {key_of(row.name.en)}" for code, row in rows.items()})


_LISTS = {
    "touch_kind": _touch_kinds,
    "industry": _industries,
    "flag": lambda: _listed({"1": _YES, "0": _NO}),
    "touch_outcome": lambda: _listed(_OUTCOMES, said=TouchOutcome),
    "refusal": lambda: _listed(_REFUSALS, said=Refusal),
    "role": lambda: _listed(_ROLES, said=Role),
    "stage": lambda: _listed(_STAGES, said=Stage),
    "deal_outcome": lambda: _listed(_DEAL_OUTCOMES, said=Outcome),
    "order_state": lambda: _listed(_ORDER_STATES, said=OrderState),
    "subscription_state": lambda: _listed(SUBSCRIPTION_STATES, said=SubscriptionState),
    "contract_kind": lambda: _listed(CONTRACT_KINDS, said=ContractKind),
    "contract_state": lambda: _listed(CONTRACT_STATES, said=ContractState),
    "library_kind": lambda: _listed(LIBRARY_KINDS, said=SolutionKind),
    "help_kind": lambda: _listed({}, HelpKind.values, said=HelpKind),
    "product_use": lambda: _listed(USES, said=Use),
    "loss_reason": lambda: _listed(_REASONS, said=LossReason),
    "market": lambda: _listed(_MARKETS, said=Market),
    "customer_kind": lambda: _listed(_CUSTOMER_KINDS, said=CustomerKind),
    "tier": lambda: _listed(_TIERS, said=Tier),
    "sale_kind": lambda: _listed(_SALE_KINDS, said=SaleKind),
    "product_kind": lambda: _listed(_PRODUCT_KINDS, said=ProductKind),
}
