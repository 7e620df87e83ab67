"""What somebody would really send to each address that writes: a body that is taken, after what has to come first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.exchange.hostile_books import book
from tests.factories import make_customer
from tests.factories.care import make_answer
from tests.factories.findings import make_finding
from tests.factories.orders import make_contract, make_money, make_order, make_subscription
from tests.web.one_customer import QUESTIONS, Story, sent, today
from wendu.agenda.actions import plan_step
from wendu.agenda.models import Step
from wendu.agreements.models import Contract, Order, Receipt, Return, Subscription
from wendu.bulk.models import Batch
from wendu.care.models import Satisfaction
from wendu.customers.actions import define_field
from wendu.customers.choices import FieldType
from wendu.customers.models import ContactPoint, Customer
from wendu.exports.actions import ask_for_export
from wendu.exports.models import Export
from wendu.imports.actions import keep_file
from wendu.imports.models import ColumnTemplate, Import
from wendu.kernel.clock import now
from wendu.merges.models import Distinct, Merge
from wendu.offers.actions import add_solution, write_proposal
from wendu.offers.models import Proposal, Solution, SolutionUse
from wendu.touches.models import QuietPeriod

Keywords = Callable[[Story], dict[str, Any]]
Body = Callable[[Story], dict[str, Any]]


@dataclass(frozen=True)
class Write:
    """One address, what it is about, what is sent, the writes it goes on from, and whether service people may do it.

    What is refused in another way than usual says so: `outside` to those who do not see the customer, `reading` to
    those who only read.
    """

    keywords: Keywords
    body: Body = lambda _story: {}
    after: tuple[str, ...] = ()
    served: bool = False
    outside: int = 404
    reading: int = 403
    led: bool = False  # done by who leads the team, not by the owner
    private: bool = False  # about a thing of Alice's own, of which only she and administrators know
    alone: bool = False  # and not even these

    def url(self, name: str, story: Story) -> str:
        """The address, about the story's own things."""
        keywords = self.keywords(story)
        found = reverse(name.partition(" as ")[0], kwargs=keywords)
        return found if keywords else f"{found}?customer={story.customer.uuid}"


def post(client: Client, name: str, story: Story, **headers: str) -> Any:
    """Send to this address what it takes."""
    write = WRITES[name]
    return client.post(write.url(name, story), write.body(story), headers=headers)


def story_for_writes(cast: Cast) -> Story:
    """A story with everything the writes speak of."""
    define_field(code="fleet", label_zh="车队", label_en="Fleet", type=FieldType.TEXT, actor=cast.ada, at=now())
    story = Story(cast)
    plan_step(customer=story.customer, do="送样", planned_on=today(), actor=cast.alice, at=now())
    told = {"file_name": "名单.csv", "suffix": ".csv", "header": ["客户名称"], "rows": 1}
    told |= {"kind": "customers", "actor": cast.alice, "uploaded_at": now()}
    whole = book((("客户名称",), ("甲厂",)), (("客户名称",), ("乙厂",)))
    keep_file(kind="customers", name="两月.xlsx", chunks=[whole], actor=cast.alice, at=now())
    kept = {"kind": "customers", "name": "通讯录", "columns": {"客户名称": "name"}}
    ColumnTemplate.objects.create(**kept, made_by=cast.alice, made_at=now())
    Import.objects.create(**told, begun_at=now(), done_at=now())
    Import.objects.create(**told)
    make_customer(cast.alice, "桐溪注塑厂", city="无锡")
    ask_for_export(kind="customers", query="", columns="all", ending="csv", actor=cast.alice, at=now())
    made = {"kind": "customers", "language": "en", "actor": cast.alice, "asked_at": now(), "rows": 1, "size": 3}
    Export.objects.create(**made, done_at=now())
    add_solution(values={"name": "空压站节能改造"}, actor=cast.ada, at=now())
    make_finding(story.deal, "demand", story.he, kind="explicit", quote="停一天就交不上", at=now())
    begun = {"title": "节能", "situation": "白跑"}
    make_order(make_customer(cast.alice, "长青纸业"), need="滤芯到期")
    paying = make_customer(cast.alice, "白鹤纸业")
    make_money(make_order(paying, need="首单"))
    make_subscription(paying)
    make_contract(paying)
    make_answer(story.customer)
    write_proposal(opportunity=story.deal, language="en", values=begun, actor=cast.alice, at=now())
    return story


def prepare(client: Client, name: str, story: Story) -> None:
    """Do as this person what must have happened before."""
    for earlier in WRITES[name].after:
        post(client, earlier, story)


def _soon(_story: Story | None = None) -> str:
    return (today() + timedelta(days=20)).isoformat()


def _nothing(_story: Story) -> dict[str, Any]:
    return {}


def _customer(story: Story) -> dict[str, Any]:
    return {"uuid": story.customer.uuid}


def _hers(story: Story) -> dict[str, Any]:
    return {"until": (today() + timedelta(days=90)).isoformat(), "owner": story.cast.alice.uuid}


def _owned(story: Story) -> dict[str, Any]:
    return {"uuid": story.customer.uuid, "owner": story.cast.alice.uuid}


def _step(story: Story) -> dict[str, Any]:
    return {"uuid": Step.objects.filter(customer_id=story.customer.pk).latest("pk").uuid}


def _told(_story: Story) -> dict[str, Any]:
    points = {"expectation": "9", "experience": "7", "weight": "2"}
    return {**points, "told_on": today().isoformat(), "note": "晚了两周"}


def _content(_story: Story) -> dict[str, Any]:
    return {"uuid": Satisfaction.objects.earliest("pk").uuid}


def _deal(story: Story) -> dict[str, Any]:
    return {"uuid": story.deal.uuid}


def _contact(story: Story) -> dict[str, Any]:
    return {"uuid": story.she.uuid}


def _touch(story: Story) -> dict[str, Any]:
    return {"uuid": story.touches[1].uuid}


def _promise(story: Story) -> dict[str, Any]:
    return {"uuid": story.touches[-1].promises.get().uuid}


def _commitment(story: Story) -> dict[str, Any]:
    return {"uuid": story.touches[-1].commitments.get().uuid}


def _tail(story: Story) -> dict[str, Any]:
    return {"uuid": story.touches[0].tails.get().uuid}


def _quiet(_story: Story) -> dict[str, Any]:
    return {"uuid": QuietPeriod.objects.latest("pk").uuid}


def _table(_story: Story) -> dict[str, Any]:
    return {"uuid": Export.objects.exclude(done_at=None).get().uuid}


def _table_asked(_story: Story) -> dict[str, Any]:
    return {"uuid": Export.objects.get(done_at=None).uuid}


def _file(_story: Story) -> dict[str, Any]:
    return {"uuid": Import.objects.latest("pk").uuid}


def _book(_story: Story) -> dict[str, Any]:
    return {"uuid": Import.objects.get(suffix=".xlsx").uuid}


def _kept_columns(_story: Story) -> dict[str, Any]:
    return {"uuid": ColumnTemplate.objects.get(name="通讯录").uuid}


def _file_in(_story: Story) -> dict[str, Any]:
    return {"uuid": Import.objects.filter(done_at__isnull=False).latest("pk").uuid}


def _tag(story: Story) -> dict[str, Any]:
    tagging = story.customer.taggings.select_related("tag").first()
    return {"uuid": story.customer.uuid, "tag": (tagging.tag if tagging else story.customer).uuid}


def _bob_beside(story: Story) -> dict[str, Any]:
    return {"uuid": story.customer.uuid, "user": story.cast.bob.uuid}


def _point(story: Story) -> dict[str, Any]:
    return {"uuid": story.customer.uuid, "pk": ContactPoint.objects.filter(customer=story.customer)[0].pk}


def _influencer(story: Story) -> dict[str, Any]:
    return {"uuid": story.deal.uuid, "part": story.deal.influencers.order_by("pk")[0].uuid}


DEMANDED = {"requirement": "先换一台", "kind": "implied", "capability": "unknown"}


def _finding(story: Story) -> dict[str, Any]:
    return {"uuid": story.deal.uuid, "kind": "demand", "row": story.demand.uuid}


def _plan(story: Story) -> dict[str, Any]:
    return {"uuid": story.plan.uuid}


def _plan_sent(story: Story) -> dict[str, Any]:
    lines = {f"{name}-{part}_FORMS": "0" for name in ("problems", "questions") for part in ("TOTAL", "INITIAL")}
    day = today().isoformat()
    return {"contact_id": story.he.pk, "objective": "他带我看老机", "objective_on": day, **lines}


def _kind_of_finding(story: Story) -> dict[str, Any]:
    return {"uuid": story.deal.uuid, "kind": "concern"}


def _concern(_story: Story) -> dict[str, Any]:
    day = today().isoformat()
    return {"what": "停机误交货", "kind": "change", "severity": 3, "raised_on": day, "state": "open"}


def _solution_used(story: Story) -> dict[str, Any]:
    used = SolutionUse.objects.filter(opportunity=story.deal).first()
    return {"uuid": story.deal.uuid, "row": used.uuid if used else story.deal.uuid}


def _proposal(story: Story) -> dict[str, Any]:
    return {"uuid": story.deal.uuid, "row": Proposal.objects.filter(opportunity=story.deal).earliest("pk").uuid}


def _picked_questions(_story: Story) -> dict[str, Any]:
    return {"pick": "changeover.payoff.n1"}


def _section(story: Story) -> dict[str, Any]:
    return {**_proposal(story), "section": "price"}


def _twin(story: Story) -> dict[str, Any]:
    return {"uuid": story.customer.uuid, "other": Customer.objects.get(name="桐溪注塑厂").uuid}


def _two_people(story: Story) -> dict[str, Any]:
    return {"uuid": story.he.uuid, "other": story.she.uuid}


def _apart(_story: Story) -> dict[str, Any]:
    return {"uuid": Distinct.objects.latest("pk").uuid}


def _merge(_story: Story) -> dict[str, Any]:
    return {"uuid": Merge.objects.latest("pk").uuid}


def _batch(_story: Story) -> dict[str, Any]:
    return {"uuid": Batch.objects.latest("pk").uuid}


def _picked(deed: str) -> Body:
    return lambda story: {"deed": deed, "pick": str(story.customer.uuid), "list": "sort=name"}


def _said(**said: Any) -> Body:
    return lambda _story: {**said, "expected": "1", "typed": "1"}


def _meant(story: Story) -> dict[str, Any]:
    return _said(do="寄样册", on=_soon(story))(story)


def _meant_by_alice(story: Story) -> dict[str, Any]:
    return {"do": "发样册", "on": _soon(story), "user": story.cast.alice.pk}


def _given(story: Story) -> dict[str, Any]:
    return _said(owner=story.cast.bob.pk)(story)


def _basics(_story: Story) -> dict[str, Any]:
    plain = {"kind": "org", "market": "b2b", "product_kind": "standard", "sale_kind": "standard", "tier": "normal"}
    return {"name": "桐溪注塑科技", **plain}


def _part(story: Story) -> dict[str, Any]:
    return {"contact": story.she.pk, "role": "technical", "weight": 3, "stance": 0, "access": "direct"}


def _corrected_part(story: Story) -> dict[str, Any]:
    return {**_part(story), "contact": story.he.pk, "stance": 2}


def _told(_story: Story) -> dict[str, Any]:
    points = {"expectation": "9", "experience": "7", "weight": "2"}
    return {**points, "told_on": today().isoformat(), "note": "晚了两周"}


def _answer(_story: Story) -> dict[str, Any]:
    return {f"q_{QUESTIONS[0][1]}": "0", f"e_{QUESTIONS[0][1]}": "他自己说的"}


def _silence(story: Story) -> dict[str, Any]:
    return {"starts_on": _soon(story), "ends_on": _soon(story), "reason": "tender"}


def _closing(_story: Story) -> dict[str, Any]:
    return {"closed_on": today().isoformat(), "note": "老板当场签了"}


def _bob(story: Story) -> dict[str, Any]:
    return {"owner": story.cast.bob.pk}


def _loss(_story: Story) -> dict[str, Any]:
    return {"closed_on": today().isoformat(), "then": "stay", "cause": "C2", "why": "他们说怕我们跑了"}


def _other_cause(_story: Story) -> dict[str, Any]:
    return {"cause": "C3", "why": "他们后来说海川交得快"}


def _nurture(story: Story) -> dict[str, Any]:
    return {"kind": "nurture", "reason": "timing", "wake_on": _soon(story)}


def _order(_story: Story) -> dict[str, Any]:
    return {"uuid": Order.objects.get(customer__name="长青纸业").uuid}


def _money(model: Any) -> Callable[[Story], dict[str, Any]]:
    """The one row of a part of the order that has money."""
    return lambda _story: {"uuid": model.objects.get(order__need="首单").uuid}


def _fee(_story: Story) -> dict[str, Any]:
    return {"uuid": Subscription.objects.get(item__startswith="维保").uuid}


def _paper(_story: Story) -> dict[str, Any]:
    return {"uuid": Contract.objects.get(title__startswith="年度").uuid}


def _supply(_story: Story) -> dict[str, Any]:
    return {"title": "年度供货", "kind": "frame", "number": "HT-9", "signed_on": today().isoformat()}


def _bought(_story: Story) -> dict[str, Any]:
    return {"ordered_on": today().isoformat(), "item_1": "滤芯", "quantity_1": "2", "unit_minor_1": "800"}


def _quote(story: Story) -> dict[str, Any]:
    return {"uuid": story.quote.uuid}


def _quote_line(story: Story) -> dict[str, Any]:
    return {"uuid": story.quote.uuid, "row": story.line.uuid}


def _quoted(story: Story) -> dict[str, Any]:
    return {"valid_until": _soon(story), "tax_included": "on", "payment_days": "30", "terms": "货到付款"}


def _discounted(_story: Story) -> dict[str, Any]:
    return {"item": "空压机", "quantity": "1", "unit_minor": "96万", "discount": "10"}


_ASKED = ("quotes:line as discounted", "quotes:asking")


# What comes after " as " tells apart two things sent to one address. What takes a customer out of sight stands last.
WRITES: dict[str, Write] = {
    "bulk:list": Write(_nothing, _picked("tag"), served=True, outside=422),
    "bulk:list as step": Write(_nothing, _picked("step"), served=True, outside=422),
    "bulk:list as owner": Write(_nothing, _picked("owner"), served=True, outside=422),
    "bulk:list as delete": Write(_nothing, _picked("delete"), served=True, outside=422),
    "bulk:undoing": Write(_batch, after=("bulk:list", "bulk:batch"), served=True, reading=404),
    "bulk:undoing as delete": Write(_batch, after=("bulk:list as delete", "bulk:batch as delete"), reading=404),
    "bulk:batch": Write(_batch, _said(tag="展会"), ("bulk:list",), served=True, reading=404),
    "bulk:batch as step": Write(_batch, _meant, ("bulk:list as step",), served=True, reading=404),
    "today:rest": Write(_customer, lambda _: {"until": (today() + timedelta(days=1)).isoformat()}, served=True),
    "today:return": Write(_customer, after=("today:rest",), served=True),
    "calendar:move": Write(_customer, lambda _: {"until": (today() + timedelta(days=90)).isoformat()}, served=True),
    "calendar:move as another's": Write(_customer, _hers),
    "calendar:return": Write(_owned, after=("calendar:move as another's",)),
    "calendar:plan": Write(_step, lambda story: {"until": _soon(story)}, served=True),
    "steps:new": Write(_nothing, _meant_by_alice, served=True),
    "steps:change": Write(_step, _meant_by_alice, served=True),
    "steps:unchange": Write(_step, after=("steps:change",), served=True),
    "steps:completion": Write(_step, served=True),
    "steps:cancelling": Write(_step, served=True),
    "steps:reopening": Write(_step, after=("steps:completion",), served=True),
    "talks:new": Write(_nothing, _plan_sent, served=True),
    "talks:details": Write(_plan, _plan_sent, served=True),
    "talks:picking": Write(_plan, _picked_questions, served=True),
    "talks:removal": Write(_plan, served=True),
    "talks:restoration": Write(_plan, after=("talks:removal",), served=True),
    "touches:new": Write(_nothing, lambda _: sent(), served=True),
    "touches:page": Write(_touch, lambda _: sent(kind="visit")),
    "touches:undoing": Write(_touch),
    "touches:restoration": Write(_touch, after=("touches:undoing",)),
    "touches:promise_settlement": Write(_promise, lambda _: {"state": "kept"}, served=True),
    "touches:promise_reopening": Write(_promise, after=("touches:promise_settlement",), served=True),
    "touches:commitment_settlement": Write(_commitment, lambda _: {"state": "done"}, served=True),
    "touches:commitment_reopening": Write(_commitment, after=("touches:commitment_settlement",), served=True),
    "touches:tail_closing": Write(_tail, served=True),
    "touches:tail_reopening": Write(_tail, after=("touches:tail_closing",), served=True),
    "touches:quiet_withdrawal": Write(_quiet, after=("customers:quiet",), served=True),
    "customers:details": Write(_customer, _basics),
    "customers:deletion": Write(_customer),
    "customers:restoration": Write(_customer, after=("customers:deletion",)),
    "customers:owner": Write(_customer, _bob),
    "customers:owner_undoing": Write(_customer, after=("customers:owner",)),
    "customers:collaborators": Write(_customer, lambda story: {"user": story.cast.bob.pk}),
    "customers:collaborator_removal": Write(_bob_beside, after=("customers:collaborators",)),
    "customers:tags": Write(_customer, lambda _: {"tag": "重点"}, served=True),
    "customers:tag_removal": Write(_tag, after=("customers:tags",), served=True),
    "customers:rest": Write(_customer, _nurture),
    "customers:waking": Write(_customer, after=("customers:rest",)),
    "customers:churn": Write(_customer, lambda _: {"reason": "found_better"}, after=("opportunities:closure",)),
    "customers:churn_undoing": Write(_customer, after=("opportunities:closure", "customers:churn")),
    "customers:referrer": Write(_customer, lambda _: {"referrer": "桐溪注塑厂"}),
    "customers:referrer_undoing": Write(_customer, after=("customers:referrer",)),
    "customers:override": Write(_customer, lambda _: {"value": "C", "reason": "换人了"}),
    "customers:override_end": Write(_customer, after=("customers:override",)),
    "customers:requalification": Write(_customer, lambda _: {"reason": "还想要"}),
    "customers:answers": Write(_customer, _answer, served=True),
    "customers:quiet": Write(_customer, _silence, served=True),
    "customers:problems": Write(_customer, lambda _: {"what": "备件慢"}, served=True),
    "customers:fields": Write(_customer, lambda _: {"fleet": "十二辆"}),
    "customers:contact_new": Write(_customer, lambda _: {"name": "罗敏", "mobile": "13900139000"}, served=True),
    "customers:contact": Write(_contact, lambda _: {"name": "叶青", "job_title": "设备经理"}, served=True),
    "customers:contact_main": Write(_contact, served=True),
    "customers:contact_points": Write(_contact, lambda _: {"kind": "email", "value": "ye@example.com"}, served=True),
    "customers:contact_deletion": Write(_contact, served=True),
    "customers:contact_restoration": Write(_contact, after=("customers:contact_deletion",), served=True),
    "customers:point_removal": Write(_point, served=True),
    "opportunities:new": Write(_nothing, lambda _: {"title": "二期", "amount": "12万"}),
    "opportunities:details": Write(_deal, lambda _: {"title": "节能改造二期", "amount": "12万"}),
    "opportunities:deletion": Write(_deal),
    "opportunities:restoration": Write(_deal, after=("opportunities:deletion",)),
    "opportunities:stage": Write(_deal, lambda _: {"to_stage": "ST2", "reason": "看过了"}),
    "opportunities:closure": Write(_deal, _closing),
    "opportunities:loss": Write(_deal, _loss),
    "opportunities:withdrawal": Write(_deal, after=("opportunities:closure",)),
    "opportunities:reopening": Write(_deal, lambda _: {"to_stage": "ST1"}, after=("opportunities:loss",)),
    "opportunities:diagnosis": Write(_deal, _other_cause, after=("opportunities:loss",)),
    "opportunities:correction_withdrawal": Write(_deal, after=("opportunities:loss", "opportunities:diagnosis")),
    "opportunities:pause": Write(_deal, lambda story: {"wake_on": _soon(story), "reason": "等预算"}),
    "opportunities:resumption": Write(_deal, lambda _: {"to_stage": "ST1"}, after=("opportunities:pause",)),
    "opportunities:owner": Write(_deal, _bob),
    "opportunities:influencers": Write(_deal, _part),
    "opportunities:influencer": Write(_influencer, _corrected_part),
    "opportunities:influencer_removal": Write(_influencer),
    "opportunities:findings": Write(_kind_of_finding, _concern),
    "opportunities:finding": Write(_finding, lambda story: {"contact_id": story.he.pk, **DEMANDED}),
    "opportunities:finding_removal": Write(_finding),
    "opportunities:finding_restoration": Write(_finding, after=("opportunities:finding_removal",)),
    "opportunities:solutions": Write(_deal, lambda _: {"solution": Solution.objects.get().pk}),
    "opportunities:solution_removal": Write(_solution_used, after=("opportunities:solutions",)),
    "opportunities:solution_restoration": Write(
        _solution_used, after=("opportunities:solutions", "opportunities:solution_removal")
    ),
    "opportunities:promotion": Write(_deal, lambda _: {"name": "空压站节能"}, ("opportunities:closure",)),
    "opportunities:proposals": Write(_deal, lambda _: {"title": "节能", "language": "en"}),
    "opportunities:proposal_section": Write(_section, lambda _: {"price": "96 万"}),
    "opportunities:proposal_filling": Write(_proposal),
    "opportunities:proposal_version": Write(_proposal),
    "opportunities:proposal_removal": Write(_proposal),
    "opportunities:proposal_restoration": Write(_proposal, after=("opportunities:proposal_removal",)),
    "opportunities:proposal_sending": Write(
        _proposal, lambda _: {"sent_on": today().isoformat()}, after=("opportunities:proposal_section",)
    ),
    "agreements:new": Write(_customer, _bought),
    "agreements:correction": Write(_order, lambda _: {**_bought(_), "need": "少停机"}),
    "agreements:dues": Write(_order, lambda _: {"due_on_1": today().isoformat(), "amount_minor_1": "900"}),
    "agreements:moving": Write(_order, lambda _: {"to_state": "delivering"}),
    "agreements:receipt_new": Write(_order, lambda _: {"received_on": today().isoformat(), "amount_minor": "500"}),
    "agreements:receipt": Write(
        _money(Receipt), lambda _: {"received_on": today().isoformat(), "amount_minor": "700", "note": "尾款"}
    ),
    "agreements:receipt_withdrawal": Write(_money(Receipt)),
    "agreements:receipt_restoration": Write(_money(Receipt), after=("agreements:receipt_withdrawal",)),
    "agreements:return_new": Write(_order, lambda _: {"returned_on": today().isoformat(), "gross_minor": "50"}),
    "agreements:return_withdrawal": Write(_money(Return)),
    "agreements:return_restoration": Write(_money(Return), after=("agreements:return_withdrawal",)),
    "agreements:subscription_new": Write(
        _customer,
        lambda _: {
            "item": "托管",
            "fee_minor": "500",
            "term_months": "12",
            "state": "active",
            "began_on": today().isoformat(),
        },
    ),
    "agreements:subscription_details": Write(_fee, lambda _: {"item": "维保两年包", "one_off_minor": "3万"}),
    "agreements:subscription_renewal": Write(_fee, lambda _: {"fee_minor": "1.3万", "reason": "多一台机"}),
    "agreements:subscription_step_back": Write(_fee, after=("agreements:subscription_renewal",)),
    "agreements:subscription_ending": Write(_fee, lambda _: {"ended_on": today().isoformat(), "cause": "自己有人管了"}),
    "agreements:subscription_deletion": Write(_fee),
    "agreements:subscription_restoration": Write(_fee, after=("agreements:subscription_deletion",)),
    "agreements:contract_new": Write(
        _customer, lambda _: {"title": "维保合同", "kind": "service", "state": "draft", "amount_minor": "5万"}
    ),
    "agreements:contract_details": Write(_paper, _supply),
    "agreements:contract_moving": Write(_paper, lambda _: {"to_state": "ended", "on": today().isoformat()}),
    "agreements:contract_step_back": Write(_paper, after=("agreements:contract_moving",)),
    "agreements:contract_deletion": Write(_paper),
    "agreements:contract_restoration": Write(_paper, after=("agreements:contract_deletion",)),
    "care:new": Write(_customer, lambda _: {**_told(_), "about": "交付"}, served=True),
    "care:correction": Write(_content, lambda _: {**_told(_), "experience": "8"}, served=True),
    "care:deletion": Write(_content, served=True),
    "care:restoration": Write(_content, after=("care:deletion",), served=True),
    "agreements:cancelling": Write(_order, lambda _: {"reason": "预算砍了"}),
    "agreements:uncancelling": Write(_order, after=("agreements:cancelling",)),
    "agreements:deletion": Write(_order),
    "agreements:restoration": Write(_order, after=("agreements:deletion",)),
    "quotes:new": Write(_deal, _quoted, after=("quotes:sending",)),
    "quotes:details": Write(_quote, _quoted),
    "quotes:lines": Write(_quote, lambda _: {"item": "安装", "quantity": "1", "unit_minor": "2万"}),
    "quotes:line": Write(_quote_line, lambda _: {"item": "空压机", "quantity": "2", "unit_minor": "45万"}),
    "quotes:line_removal": Write(_quote_line),
    "quotes:line_restoration": Write(_quote_line, after=("quotes:line_removal",)),
    "quotes:asking": Write(_quote, lambda _: {"reason": "海川低一成"}, after=("quotes:line as discounted",)),
    "quotes:line as discounted": Write(_quote_line, _discounted),
    "quotes:sending": Write(_quote),
    "quotes:answer": Write(_quote, lambda _: {"answer": "accepted"}, after=("quotes:sending",)),
    "quotes:decision": Write(_quote, lambda _: {"decision": "approved", "reason": "值得"}, _ASKED, led=True),
    "bulk:batch as owner": Write(_batch, _given, ("bulk:list as owner",), reading=404),
    "bulk:batch as delete": Write(_batch, _said(), ("bulk:list as delete",), reading=404),
    "duplicates:telling_apart": Write(_twin, led=True),
    "duplicates:returning": Write(_apart, after=("duplicates:telling_apart",), led=True, reading=404, outside=404),
    "merges:beside": Write(_twin, lambda _: {"take.city": "gone", "take.note": "both"}, led=True),
    "merges:parting": Write(_merge, after=("merges:beside",), led=True),
    "merges:persons": Write(_two_people, lambda _: {"take.job_title": "gone"}, led=True),
    "merges:parting as people": Write(_merge, after=("merges:persons",), led=True),
    "exports:stop": Write(_table_asked, private=True, alone=True),
    "exports:resumption": Write(_table_asked, after=("exports:stop",), private=True, alone=True),
    "exports:discarding": Write(_table, private=True, alone=True),
    "imports:sheet": Write(_book, lambda _: {"sheet": "Sheet2"}, private=True),
    "imports:template_removal": Write(_kept_columns, outside=403, private=True),
    "imports:columns": Write(_file, lambda _: {"column-0": "name", "on_match": "fill"}, private=True),
    "imports:template": Write(_file, lambda _: {"name": "工厂名录"}, after=("imports:columns",), private=True),
    "imports:beginning": Write(_file, after=("imports:columns",), private=True),
    "imports:stop": Write(_file, after=("imports:columns", "imports:beginning"), private=True),
    "imports:resumption": Write(_file, after=("imports:columns", "imports:beginning", "imports:stop"), private=True),
    "imports:undoing": Write(_file_in, private=True),
    "imports:discarding": Write(_file, private=True),
}
