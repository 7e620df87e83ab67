"""The words of tables of what is sold again and again, as `vocabulary` takes them in."""

from collections.abc import Mapping
from typing import Any

from wendu.agreements.choices import SubscriptionState

TRADE_FIELDS: dict[str, dict[str, str]] = {
    "subscriptions": {
        "uuid": "系统编号 wendu_id uuid",
        "external_id": "编号 订阅编号 合同编号 协议编号 external_id id subscription_id agreement_id",
        "customer": "客户 客户名称 客户编号 公司 公司名称 customer customer_name customer_id company account",
        "item": "订阅内容 内容 服务 品名 订阅 item service subscription",
        "product": "产品 产品名称 产品编号 product product_code",
        "fee": "费用 每期费用 订阅费 续费金额 年费 金额 fee price amount value",
        "currency": "币种 currency",
        "term_months": "期限 每期月数 期限月数 周期 周期月数 term_months term months period",
        "began_on": "开始日期 开始 起始日期 生效日期 began_on began start start_date valid_from",
        "renews_on": "续订日期 续费日期 到期日期 到期日 下次续费 renews_on renews renewal renewal_date valid_to",
        "state": "状态 订阅状态 state status",
        "one_off": "一次买断价 买断价 一次性价格 one_off one_off_price",
        "margin": "毛利率 margin",
        "ended_on": "终止日期 结束日期 退订日期 ended_on ended end_date cancelled_on",
        "cause": "终止原因 不续原因 退订原因 原因 cause reason churn_reason",
    },
}
TRADE_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "subscriptions": (("customer",), ("item", "product"), ("fee",), ("began_on",)),
}
SUBSCRIPTION_STATES: Mapping[Any, str] = {
    SubscriptionState.TRIAL: "试用 trial trialing",
    SubscriptionState.ACTIVE: "在订 有效 生效 正常 active running in_force",
    SubscriptionState.CHURNED: "已终止 终止 退订 已退订 已流失 不续 ended cancelled canceled churned expired",
}
