"""The points of a gate, the steps of the way in and the verdicts of an exchange, as a salesperson says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.opportunities.choices import Outcome

ITEMS: Mapping[str, tuple[Promise, Promise, str]] = {
    "decision_maker": (_("Who decides is named"), _("Name who decides"), "influencer"),
    "key_needs": (_("Every key person's need is confirmed"), _("Ask, and note the need"), "demand"),
    "explicit_need": (_("Somebody wants it solved"), _("Note it in their words"), "demand"),
    "requirements": (
        _("What they ask for passes the three checks"),
        _("Check fit, best idea and our chance"),
        "demand",
    ),
    "three_people": (_("A problem with a solution"), _("Note what they would earn or save"), "effect"),
    "value_delivery": (_("The value has arrived"), _("Note what they repeated"), "valuemessage"),
    "can_meet": (_("Key people say we can meet the need"), _("Let them say it"), "valuemessage"),
    "top_interests": (_("What matters most to each is proven"), _("Add evidence"), "benefitcard"),
    "relevance": (_("Shown only what concerns them"), _("Link what was shown to a need"), "benefitcard"),
    "fit": (_("The product does every must"), _("Say what the product can do"), "demand"),
    "trust": (_("Trust is over the line"), _("Rate it"), "trustrating"),
    "concerns": (_("No grave concern is open"), _("Answer it"), "concern"),
    "strategy": (_("The way in and to the signature is written"), _("Write it"), "dealsheet"),
    "win_win": (_("Good for both sides"), _("Enter value and cost"), "worth"),
    "expectations": (_("What they expect is written and within reach"), _("Write it"), "expectation"),
    "terms": (_("Terms are agreed"), _("Note the day"), "dealsheet"),
    "contract": (_("The contract is signed"), _("Note the day"), "dealsheet"),
    "payment_plan": (_("The payment plan is written"), _("Write it"), "dealsheet"),
}
"""Per point of a gate: what holds when it is met, what gets it, and the kind of finding that does."""

STEPS: Mapping[str, Promise] = {
    "find_receptive": _("Find somebody who gives information and introduces us."),
    "find_dissatisfied": _("Ask who has the problem most, and be introduced."),
    "meet_dissatisfied": _("Meet who has the problem; so far we know of them only through others."),
    "find_powerful": _("Ask who has the problem who decides on it, and go there together."),
    "meet_powerful": _("Get to who decides, with the problem in hand."),
    "solve_with_powerful": _("Work out the answer with who decides."),
    "prepare_problem": _("We sit before who decides without a problem in hand: find out first whose problem it is."),
    "create_selling_point": _("They are content with somebody else: show something the other cannot do."),
}

VERDICTS: Mapping[str, Promise] = {
    "win_win": pgettext_lazy("exchange", "Win-win"),
    "customer_only": pgettext_lazy("exchange", "Good for them only"),
    "us_only": pgettext_lazy("exchange", "Good for us only"),
    "lose_lose": pgettext_lazy("exchange", "Good for nobody"),
    "unknown": pgettext_lazy("exchange", "Not known"),
}

CAUSES: Mapping[str, Promise] = {
    "C1": _("The value has not arrived: no price talk, show it again to each of them."),
    "C2": _("Trust is not over the line: no price talk yet, they want to be sure."),
    "C3": _("We are worth less to them than another: better product or service, not a lower price."),
    "C4": _("Somebody gives the same for less: this is a case for the firm, not for a discount of yours."),
    "C0": _("Value, trust and price are in order; what is given stays above our floor."),
    "": _("Nobody can tell yet why it does not close; until then no price is cut."),
}

MISSING: Mapping[str, Promise] = {
    "our_value": _("what we are worth to them"),
    "our_effort": _("what it costs them beside the price"),
    "our_price": _("our price"),
    "our_cost": _("what serving them costs us"),
    "rivals": _("who else is in it"),
    "expectations": _("what they expect: nothing is written down"),
    "key_person": _("who decides"),
    "evidence": _("what was shown, said and heard: nothing is written down"),
}

NEEDS: Mapping[str, Promise] = {
    "unknown": pgettext_lazy("need", "need unknown"),
    "stated": pgettext_lazy("need", "need told"),
    "confirmed": pgettext_lazy("need", "need confirmed"),
    "guided": pgettext_lazy("need", "need guided"),
}

PARTS: Mapping[str, Promise] = {
    "credibility": _("bring evidence or an expert"),
    "reliability": _("make a small promise and keep it"),
    "intimacy": _("give a call that asks for nothing"),
    "selflessness": _("do something for them that does not help us"),
    "company": _("take them to see a reference"),
}

RISKS: Mapping[str, Promise] = {
    "critical": _("Everything hangs on one person who is leaving."),
    "high": _("Everything hangs on one person: who else can support us?"),
    "medium": _("Only one more person supports us."),
}

CELLS: Mapping[str, Promise] = {
    "na": _("does not matter"),
    "pr": _("matters %(n)s, proven"),
    "un": _("matters %(n)s, told but not proven"),
    "mi": _("matters %(n)s, not told yet"),
}

LEVELS: Mapping[str, Promise] = {
    "none": pgettext_lazy("relation", "No relation"),
    "individual": pgettext_lazy("relation", "Individual level"),
    "department": pgettext_lazy("relation", "Department level"),
    "company": pgettext_lazy("relation", "Company level"),
}

ELEMENTS: Mapping[str, Promise] = {
    "need": pgettext_lazy("element", "Need"),
    "information": pgettext_lazy("element", "Information"),
    "credit": pgettext_lazy("element", "Credit"),
    "exchange": pgettext_lazy("element", "Exchange"),
    "satisfaction": pgettext_lazy("element", "Satisfaction"),
}

FILLS: Mapping[str, Promise] = {
    "empty": pgettext_lazy("element", "not yet"),
    "part": pgettext_lazy("element", "in part"),
    "full": pgettext_lazy("element", "there"),
}

_COURSE: Mapping[str, Promise | str] = {
    "by_judgement": "",
    "reopened": pgettext_lazy("journal", "reopened"),
    "resumed": pgettext_lazy("journal", "resumed"),
    "withdrawn": pgettext_lazy("journal", "withdrawn"),
    "won": Outcome.WON.label,
}


def move_words(reason: str) -> str:
    """Why a deal went to another stage: what brought it there, or what somebody said."""
    return str(_COURSE.get(reason, reason))
