"""What is known about one deal, judged: who decides and trusts us, what was shown, who gains, and the gates.

Everything comes from facts of the day asked for; nothing here is stored. Persons are known by their contact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from wendu.coach.held import Held, held_in
from wendu.customers.choices import Market
from wendu.discovery.facts import DealFindings, version_of
from wendu.discovery.models import Demand, Reconstruction
from wendu.method.deals import codes
from wendu.method.deals.benefits import benefit_coverage, interests_asked, relevance, tops_proven
from wendu.method.deals.chain import coverage, entry_path, satisfied_customer
from wendu.method.deals.concerns import open_concerns
from wendu.method.deals.demand import Chance, Checks, chance, three_checks
from wendu.method.deals.diagnosis import Concession, Standing, concession, diagnosis
from wendu.method.deals.elements import Elements, five_elements
from wendu.method.deals.exchange import PriceRoom, win_win
from wendu.method.deals.expectations import expectations
from wendu.method.deals.fit import Claim, fit_check
from wendu.method.deals.gates import Evidence, Gate, gate, gates
from wendu.method.deals.messages import can_meet_heard, value_delivery
from wendu.method.deals.people import Person, key_people
from wendu.method.deals.people_grid import three_people
from wendu.method.deals.progress import Call, advance_rate, stalled
from wendu.method.deals.proposal import Occasion, proposal_due
from wendu.method.deals.reconstruction import Gained, gained
from wendu.method.deals.relation import Backing, single_thread
from wendu.method.deals.scales import DealScale
from wendu.method.deals.trust import Trust, company_items, company_trust, deal_trust, trust_of, weakest_key
from wendu.method.deals.trust_course import Course, Settled, company_course, deal_course, promises_of, trust_course
from wendu.method.reading import Reading
from wendu.offers.facts import OfferFindings
from wendu.offers.models import DealSheet
from wendu.opportunities.models import Influencer, Opportunity


@dataclass(frozen=True)
class DealCase:
    """Everything known about one deal by a day; each judgement is made when it is first asked for."""

    deal: Opportunity
    on: date
    scale: DealScale
    influencers: tuple[Influencer, ...] = ()
    found: DealFindings = field(default_factory=DealFindings)
    offered: OfferFindings = field(default_factory=OfferFindings)
    settled: Mapping[int, tuple[Settled, ...]] = field(default_factory=dict)
    to_all: tuple[Settled, ...] = ()
    calls: tuple[Call, ...] = ()
    met_on: Mapping[int, date] = field(default_factory=dict)
    won: bool = False

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Those who take part in the decision."""
        needs = self.found.need_states()
        wanting = self.found.wanting
        return tuple(
            _person(each, needs.get(each.contact_id, codes.NeedState.UNKNOWN), wants=each.contact_id in wanting)
            for each in self.influencers
        )

    @cached_property
    def keys(self) -> tuple[Person, ...]:
        """Those without whom nothing is decided."""
        return key_people(self.people, self.scale.key_weight)

    @cached_property
    def trusted(self) -> tuple[tuple[Person, Trust], ...]:
        """Trust of each of them."""
        return tuple((person, self._trust(person)) for person in self.people)

    @cached_property
    def trust(self) -> Reading:
        """Trust of the whole deal."""
        return deal_trust(self.trusted, self.on, self.scale)

    @cached_property
    def weakest(self) -> tuple[Person, codes.TrustPart | None] | None:
        """Whom to win over first."""
        return weakest_key(self.trusted, self.scale)

    @cached_property
    def trust_courses(self) -> Mapping[int, Course]:
        """How the trust of each of them went until today."""
        rated, scale = self.found.rated(), self.scale.trust
        return {
            each.id: trust_course(rated.get(each.id, ()), self.settled.get(each.id, ()), self.to_all, self.on, scale)
            for each in self.people
        }

    @cached_property
    def deal_trust_course(self) -> Course:
        """How the trust of the whole deal went."""
        return deal_course(((each.weight, self.trust_courses[each.id]) for each in self.people), self.on)

    @cached_property
    def company_trust_course(self) -> Course:
        """How they came to think of our company."""
        taking_part = {each.id for each in self.people}
        rated = {contact: some for contact, some in self.found.rated().items() if contact in taking_part}
        return company_course(rated, self.to_all, self.on, self.scale.trust)

    @cached_property
    def coverage(self) -> Reading:
        """Whose need is confirmed."""
        return coverage(self.people, self.scale)

    @cached_property
    def entry(self) -> Reading:
        """The next step on the way in."""
        return entry_path(self.people)

    @cached_property
    def content_play(self) -> str | None:
        """What to do with a customer content with somebody else."""
        dissatisfied = sum(codes.Focus.DISSATISFIED in person.focus for person in self.people)
        in_place = bool(self.offered.rivals) and self.deal.customer.market != Market.B2G  # who bids is not in place
        return satisfied_customer(explicit_needs=self.found.explicit, has_rival=in_place, dissatisfied=dissatisfied)

    @cached_property
    def thread(self) -> Reading:
        """How much hangs on one person."""
        main = next((each for each in self.influencers if each.contact.is_main), None)
        first = main or max(self.influencers, key=lambda each: (each.weight, -each.pk), default=None)
        backing = [
            Backing(each.contact_id, each.stance, self.met_on.get(each.contact_id), each.contact.left_on is not None)
            for each in self.influencers
        ]
        return single_thread(backing, None if first is None else first.contact_id, self.on, self.scale.relation)

    @cached_property
    def chance(self) -> Chance:
        """Our score and the best rival's in what they decide by."""
        return chance(self.found.scored(), self.scale.demand, no_rival=self.has_no_rival)

    @property
    def ahead(self) -> float | None:
        """How far we are ahead in what they decide by."""
        return self.chance.ahead

    @cached_property
    def three_people(self) -> Reading:
        """What they gain with the three kinds of people."""
        return three_people(self.found.grid(), self.deal.amount_minor)

    @cached_property
    def delivery(self) -> Reading:
        """Value delivered by messages."""
        return value_delivery(self.people, self.offered.heard(), self.scale)

    @cached_property
    def heard(self) -> Reading:
        """How many key people said that we can meet their need."""
        return can_meet_heard(self.people, self.offered.heard(), self.scale)

    @cached_property
    def benefits(self) -> Mapping[int, Reading]:
        """How much of what each person cares about is proven."""
        cards, cares = self.offered.judged_cards(), self.offered.cares()
        return {each.id: benefit_coverage(each.id, cares.get(each.id, {}), cards) for each in self.people}

    @cached_property
    def interests(self) -> tuple[codes.Interest, ...]:
        """What their map asks about."""
        cares = self.offered.cares().values()
        written = {interest for some in cares for interest, weight in some.items() if weight}
        return interests_asked(
            {*written, *(card.interest for card in self.offered.judged_cards())}, private=self.is_private
        )

    @cached_property
    def held(self) -> Held:
        """What we and the others give and ask, in the one unit it is told in."""
        return held_in(self.offered, self.deal.amount_minor, self.scale.exchange)

    @cached_property
    def exchange(self) -> Reading:
        """Who gains by the exchange; our margin is money whatever their value is told in."""
        return win_win(self.held.ours, self.held.others, self.held.sale, self.scale.exchange)

    @cached_property
    def room(self) -> PriceRoom:
        """Between which prices both sides gain; what is told in points has no price they would bear."""
        return self.held.room(self.scale.exchange)

    @cached_property
    def cause(self) -> Reading:
        """Why it does not close."""
        held = self.held
        standing = Standing(
            value_delivery=self.delivery,
            can_meet=self.heard,
            trust=self.trust,
            our_value=held.ours.value,
            our_price=held.sale.price,
            rivals=self.offered.known_rivals(held.others),
            no_rival=self.has_no_rival,
        )
        return diagnosis(standing, self.scale.exchange)

    @property
    def concession(self) -> Concession:
        """What may be given away."""
        return concession(self.cause)

    @cached_property
    def rate(self) -> Reading:
        """How often talks move it on."""
        return advance_rate(self.calls)

    @cached_property
    def stall(self) -> Reading:
        """Whether it has stalled."""
        return stalled(self.calls, self.scale.progress)

    @cached_property
    def proposal(self) -> Reading:
        """Whether a written proposal is due."""
        occasion = Occasion(
            key_people=len(self.keys),
            unreachable_keys=sum(person.access is not codes.Access.DIRECT for person in self.keys),
            amount_minor=self.deal.amount_minor,
            asked_for=bool(self.sheet and self.sheet.asked_for_proposal),
            explicit_needs=self.found.explicit,
        )
        return proposal_due(occasion, self.scale.presentation)

    @cached_property
    def fit(self) -> Reading:
        """Whether the product does the job; a benefit shown for what it cannot do was claimed without the means."""
        can = {each.pk: codes.Capability(each.capability) for each in self.found.demands}
        shown = [each for each in self.offered.cards if each.shown_on is not None and each.demand_id in can]
        claims = [Claim(each.pk, can[each.demand_id]) for each in shown if each.demand_id is not None]
        return fit_check(self.found.fits(), claims, can_use=None if self.sheet is None else self.sheet.can_use)

    @property
    def over_claims(self) -> frozenset[int]:
        """The cards that claim what the product cannot do."""
        return frozenset(int(each.numbers["promise"] or 0) for each in self.fit.reasons if each.code == "over_claim")

    @cached_property
    def evidence(self) -> Evidence:
        """What the gates look at."""
        return Evidence(
            decision_makers=sum(person.role is codes.Role.DECISION_MAKER for person in self.people),
            key_people=len(self.keys),
            confirmed_keys=sum(person.is_known for person in self.keys),
            coverage=self.coverage,
            explicit_needs=self.found.explicit,
            requirements=self._verdicts(),
            three_people=self.three_people,
            value_delivery=self.delivery,
            can_meet=self.heard,
            tops=tops_proven(self.people, self.offered.cares(), self.offered.judged_cards(), self.scale),
            relevance=relevance(*self.offered.shown(self.found.confirmed), self.scale.presentation),
            fit=self.fit,
            trust=self.trust,
            concerns=open_concerns(self.offered.feared(), self.scale.concerns),
            exchange=self.exchange,
            expectations=expectations(self.offered.goals()),
            written=self._written(),
        )

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """Every gate on the way to the signature."""
        return gates(self.evidence, self.scale, simple=self.is_simple)

    @cached_property
    def elements(self) -> Elements:
        """The strip of five."""
        return five_elements(self.evidence, self.scale, won=self.won, needs_met=None)

    @property
    def sheet(self) -> DealSheet | None:
        """What is settled about the deal as a whole."""
        return self.offered.sheet

    @property
    def was_talked_about(self) -> bool:
        """Whether the log knows a talk about it, or with one of its people: without any, silence is unknown."""
        return bool(self.calls) or any(each.contact_id in self.met_on for each in self.influencers)

    @property
    def evidence_is_kept(self) -> bool:
        """Whether anything was written down at all: who sells without the deal room is not blamed for its gates."""
        found, offered = self.found, self.offered
        told = (found.demands, found.criteria, found.effects, found.ratings, offered.interests, offered.cards)
        return any((*told, offered.messages, offered.concerns, offered.ours, offered.rivals, offered.sheet))

    @property
    def is_private(self) -> bool:
        """Whether it is with a person or a family, who have no customers, departments or interests of a firm."""
        return self.deal.customer.market == Market.B2C

    @property
    def is_simple(self) -> bool:
        """Whether it has one gate before the signature: a small deal, or one with a private person."""
        return bool(self.sheet and self.sheet.is_simple) or self.is_private

    @property
    def has_no_rival(self) -> bool:
        """Whether somebody said that the alternative is to do nothing."""
        return bool(self.sheet and self.sheet.has_no_rival)

    def gate_of(self, stage: str) -> Gate:
        """The gate out of a stage; one the playbook does not know asks for nothing."""
        return gate(stage, self.evidence, self.scale, simple=self.is_simple)

    def gate_ahead(self, stage: str) -> Gate | None:
        """The gate before a deal at a stage; a simple deal stands before its one gate from the first stage on."""
        order = self.scale.simple_gates if self.is_simple else self.scale.gates
        here = next((each for each in order if each >= stage), None)
        return None if here is None else self.gate_of(here)

    def checks(self, demand: Demand) -> Checks:
        """The three checks of one request."""
        best = demand.is_best_for_them
        return three_checks(fit=demand.fit, best_for_them=best, ahead=self.ahead, scale=self.scale.demand)

    def gained(self, version: Reconstruction, demand: Demand) -> Gained:
        """What a version gains against what was asked for."""
        others, scale = self.found.scored_but(version), self.scale.demand
        return gained(version_of(version), demand.fit, others, scale, no_rival=self.has_no_rival)

    def _trust(self, person: Person) -> Trust:
        told, company = self.found.rating_of(person.id)
        promises, scale = promises_of(self.settled.get(person.id, ())), self.scale.trust
        items = company_items(company, promises_of(self.to_all), scale)
        return trust_of(told, promises, company_trust(items), scale)

    def _verdicts(self) -> tuple[codes.Verdict, ...]:
        """Per must; a reconstruction they agreed to takes the place of the checks."""
        return tuple(verdict for _each, verdict in self.judged_musts())

    def judged_musts(self) -> Iterator[tuple[Demand, codes.Verdict]]:
        """Each request they must have, and what its checks come to."""
        agreed = self.found.in_force()
        for each in self.found.demands:
            if each.is_must:
                yield each, codes.Verdict.ACCEPT if each.pk in agreed else self.checks(each).verdict

    def _written(self) -> dict[str, bool]:
        sheet = self.sheet
        return {
            "solved_problem": any(row.is_solved for row in self.found.grid()),
            "strategy": bool(sheet and sheet.strategy),
            "terms": bool(sheet and sheet.terms_agreed_on),
            "contract": bool(sheet and sheet.contract_signed_on),
            "payment_plan": bool(sheet and sheet.payment_plan),
        }


def _person(row: Influencer, need: codes.NeedState, *, wants: bool) -> Person:
    """One of them as the rules see him; who said in his words what he wants solved has the problem."""
    foci = {
        codes.Focus.RECEPTIVE: row.is_receptive,
        codes.Focus.DISSATISFIED: row.is_dissatisfied or wants,
        codes.Focus.POWERFUL: row.is_powerful,
    }
    focus = frozenset(name for name, holds in foci.items() if holds)
    access, role = codes.Access(row.access), codes.Role(row.role)
    return Person(row.contact_id, role, row.weight, row.stance, access, focus, need)
