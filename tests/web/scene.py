"""A morning at Alice's desk, up to the day it is made: heat to use, heat lost, silence, promises, and someone new."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.cast import Cast
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import make_finding, make_plan
from tests.factories.quotes import make_quote
from tests.kept import made_once
from wendu.customers.models import Contact, Customer
from wendu.identity.models import Organisation, User
from wendu.kernel.clock import now
from wendu.opportunities.choices import InfluencerRole
from wendu.touches.actions import AnswerDraft, CommitmentDraft, PromiseDraft, TailDraft, TouchDraft, log_touch
from wendu.touches.actions.known import axes_of_questions

STRONG, WEAK = 2, 0
CLASSES = {"A": (STRONG, STRONG), "B": (WEAK, STRONG), "C": (STRONG, WEAK), "D": (WEAK, WEAK)}


@dataclass
class Scene:
    """What the tests point at."""

    today: date
    customers: dict[str, Customer] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)


def scene_once(cast: Cast) -> Scene:
    """The morning scene, made once per process."""
    key = ("scene", cast.known_by, cast.east.pk, Organisation.objects.current().today(now()))
    return made_once(key, lambda: build_scene(cast))


def build_scene(cast: Cast, at: datetime | None = None) -> Scene:
    """Nine customers of Alice's, one of Bob's and one of Charlie's, by the real actions."""
    at = at or now()
    scene = Scene(Organisation.objects.current().today(at))
    tell = _Teller(scene, at)
    tell.customer(
        cast.alice, "砚湖轴承", "何立群", "A", 860000, [(20, "visit"), (6, "visit"), (3, "demo"), (1, "visit")]
    )
    tell.customer(cast.alice, "澜岸重工", "许一帆", "A", 1280000, [(18, "visit"), (12, "negotiation"), (5, "demo")])
    tell.customer(cast.alice, "桐溪注塑", "顾明舒", "B", 420000, [(30, "visit"), (9, "online_meeting")])
    tell.customer(cast.alice, "北栅纺织", "沈佩兰", "B", 380000, [(40, "visit"), (13, "phone")])
    tell.customer(cast.alice, "赤岭建材", "孟繁", "C", 260000, [(50, "visit"), (8, "phone")])
    tell.customer(cast.alice, "禾木食品", "宋时雨", "C", 90000, [(150, "visit"), (11, "phone")])
    tell.customer(cast.alice, "鹿鸣包装", "高畅", "B", 310000, [(60, "visit"), (25, "visit")])
    tell.customer(cast.alice, "远汀化纤", "罗安", "D", None, [(70, "visit"), (30, "phone")])
    tell.customer(cast.alice, "云麓电子", "赵青", "", None, [])
    tell.customer(cast.bob, "青屿精密", "林知远", "A", 500000, [(30, "visit"), (20, "demo")])
    tell.customer(cast.charlie, "竹间日化", "方淑仪", "B", 500000, [(30, "visit")])
    return scene


class _Teller:
    def __init__(self, scene: Scene, at: datetime) -> None:
        self.scene, self.at = scene, at
        self.numbers = iter(range(13800001000, 13800002000))

    def customer(
        self, owner: User, name: str, who: str, quadrant: str, amount: int | None, touches: list[tuple[int, str]]
    ) -> None:
        at = self.at - timedelta(days=200)
        customer = make_customer(owner, name, at=at, industry="制造", city="苏州", source_text="展会")
        person = make_contact(customer, who, at=at, points=[("mobile", str(next(self.numbers)))])
        if amount is not None:
            opened = self.scene.today - timedelta(days=touches[0][0])
            deal = make_opportunity(
                customer, f"{name}节能改造", opened_on=opened, at=self.at, amount_minor=amount * 100, currency="CNY"
            )
            make_influencer(deal, person, InfluencerRole.DECISION_MAKER)
            make_finding(deal, "demand", person, at=at)
            make_plan(deal, person, at=at)
            make_quote(deal, (f"{name}空压机", amount * 100), at=self.at)
        self.scene.customers[name], self.scene.contacts[name] = customer, person
        for number, (days, kind) in enumerate(touches):
            self._touch(customer, person, quadrant, days, kind, is_first=number == 0)

    def _touch(
        self, customer: Customer, person: Contact, quadrant: str, days: int, kind: str, *, is_first: bool
    ) -> None:
        on = self.scene.today - timedelta(days=days)
        due = self.scene.today + timedelta(days=days % 4 - 1)
        advanced = days < 7 or (quadrant == "A" and not is_first)
        draft = TouchDraft(
            kind=kind,
            touched_on=on,
            contact_ids=(person.pk,),
            outcome="advance" if advanced else "continuation",
            value_note="算清了三台老机一年的电费",
            commitment=CommitmentDraft(contact_id=person.pk, what="财务确认付款节点", due_on=due) if advanced else None,
            promises=(PromiseDraft(what="发两家同行的用电对比", due_on=due, contact_id=person.pk),)
            if days == 9
            else (),
            tails=(TailDraft(what="露点偏高还没讲透"),) if quadrant == "C" and not is_first else (),
            answers=answers(quadrant) if is_first else (),
        )
        log_touch(customer=customer, actor=customer.owner, at=self.at, draft=draft)


def answers(quadrant: str) -> tuple[AnswerDraft, ...]:
    """All ten questions answered the way that makes this class."""
    if quadrant not in CLASSES:
        return ()
    willingness, need = CLASSES[quadrant]
    return tuple(
        AnswerDraft(axis=str(axis), indicator=code, value=willingness if str(axis) == "willingness" else need)
        for code, axis in axes_of_questions().items()
    )
