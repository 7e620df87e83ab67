"""The words of tables of what is sold again and again, as `vocabulary` takes them in."""

from collections.abc import Mapping
from typing import Any

from wendu.agreements.choices import ContractKind, ContractState, SubscriptionState, Use
from wendu.offers.choices import SolutionKind

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
    "contracts": {
        "uuid": "系统编号 wendu_id uuid",
        "external_id": "合同编号 编号 协议编号 合同号 external_id id contract_id contract_number number",
        "customer": "客户 客户名称 客户编号 公司 公司名称 customer customer_name customer_id company account",
        "title": "合同名称 合同 名称 标题 协议名称 title contract name contract_name",
        "kind": "合同类型 类型 类别 kind type",
        "state": "合同状态 状态 state status",
        "amount": "合同金额 金额 合同总额 总额 amount value total",
        "currency": "币种 currency",
        "signed_on": "签订日期 签约日期 签署日期 签字日期 signed_on signed sign_date",
        "starts_on": "生效日期 开始日期 起始日期 开始 starts_on start start_date valid_from",
        "ends_on": "到期日期 到期日 截止日期 ends_on end_date valid_to expiry",
        "notice_days": "提前天数 提前提醒天数 notice_days notice",
        "renews": "自动续期 自动续约 自动续 renews auto_renew",
        "ended_on": "终止日期 了结日期 结束日期 ended_on terminated_on closed_on",
        "reason": "终止原因 取消原因 原因 reason",
        "follows": "接替的合同 接替合同 前一份合同 原合同编号 follows replaces previous_contract",
        "owner": "负责人 合同负责人 owner",
        "paper": "存放位置 文件位置 链接 paper link file",
        "terms": "条款 约定 备注 terms note",
    },
    "products": {
        "uuid": "系统编号 wendu_id uuid",
        "external_id": "编号 产品编号 产品编码 物料编码 产品代码 external_id id code sku product_id product_code",
        "name": "产品名称 产品 名称 品名 方案名称 name product product_name item",
        "kind": "类型 产品类型 类别 kind type category",
        "unit": "单位 计量单位 unit uom",
        "price": "标价 目录价 单价 价格 售价 price list_price sales_price unit_price",
        "cost": "成本 单位成本 成本价 cost unit_cost",
        "currency": "币种 currency",
        "tax": "税率 增值税率 tax tax_rate vat",
        "use": "用途 使用方式 消耗方式 use usage",
        "cycle_days": "复购天数 使用天数 寿命天数 寿命 cycle_days usage_days lifetime_days lifetime",
        "industry": "行业 适用行业 industry",
        "audience": "适用对象 适用角色 对象 audience",
        "problem": "解决的问题 问题 problem",
        "summary": "说明 描述 简介 方案说明 summary description",
        "rollout": "实施 实施说明 rollout implementation",
        "help_kind": "帮助程度 需要程度 help_kind",
    },
}
TRADE_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "subscriptions": (("customer",), ("item", "product"), ("fee",), ("began_on",)),
    "contracts": (("customer",), ("title",)),
    "products": (("name",),),
}
LIBRARY_KINDS: Mapping[Any, str] = {
    SolutionKind.PRODUCT: "产品 商品 product goods",
    SolutionKind.COMPONENT: "组件 部件 配件 component part",
    SolutionKind.INDUSTRY: "行业方案 方案 解决方案 industry solution",
}
USES: Mapping[Any, str] = {
    Use.CONSUMABLE: "消耗品 易耗品 耗材 consumable",
    Use.DURABLE: "耐用品 耐用 设备 durable",
}
SUBSCRIPTION_STATES: Mapping[Any, str] = {
    SubscriptionState.TRIAL: "试用 trial trialing",
    SubscriptionState.ACTIVE: "在订 有效 生效 正常 active running in_force",
    SubscriptionState.CHURNED: "已终止 终止 退订 已退订 已流失 不续 ended cancelled canceled churned expired",
}
CONTRACT_KINDS: Mapping[Any, str] = {
    ContractKind.ONE_OFF: "一次性 单次 单次交付 one_off once",
    ContractKind.FRAME: "框架 框架合同 框架协议 年度框架 frame framework",
    ContractKind.SERVICE: "服务 服务合同 维保 保单 service policy",
}
CONTRACT_STATES: Mapping[Any, str] = {
    ContractState.DRAFT: "草稿 起草 draft",
    ContractState.OFFERED: "已发客户 待签 审批中 offered sent pending",
    ContractState.SIGNED: "已签 已签订 已签约 signed",
    ContractState.RUNNING: "履行中 执行中 生效 有效 running active in_force",
    ContractState.ENDED: "已结束 已到期 完结 ended expired completed",
    ContractState.TERMINATED: "已终止 终止 解除 terminated",
    ContractState.CANCELLED: "已取消 取消 作废 cancelled canceled void",
}
