"""Every address of the web door, what it is about, and how it is asked; a new one is listed here or the walk fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.scene import Scene
from wendu.agenda.models import Notification, Step
from wendu.agreements.models import Order
from wendu.bulk.models import Batch
from wendu.customers.models import ContactPoint, CustomField, Tag
from wendu.discovery.models import CallPlan, Demand
from wendu.exports.models import Export
from wendu.handovers.models import Handover
from wendu.identity.models import Holiday, Team, User
from wendu.imports.models import ColumnTemplate, Import
from wendu.jobs.models import Job
from wendu.merges.models import Merge
from wendu.offers.models import Proposal, Solution, SolutionPoint, SolutionUse
from wendu.opportunities.models import Influencer, Opportunity
from wendu.packs.models import Pack
from wendu.quotes.models import Quote, QuoteLine
from wendu.saved_views.models import SavedView
from wendu.touches.models import Commitment, Promise, QuietPeriod, Tail, Touch

SHELF = "of the firm's library: read by whoever is logged in, written by who keeps it, refused for all others"
OPEN = "open to anyone"
OWN = "whoever is logged in, about themselves"
LIST = "whoever is logged in, showing only what they may see"
OBJECT = "about a customer: 404 unless it is seen"
HIDDEN = "not there in daily work"
HOUSE = "about the house itself: 404 for who may not see it, refused for who may only read"
DRAFTS = "about drafts of the playbook: 404 for who may not see the house, written by managers, refused for who reads"


@dataclass(frozen=True)
class Route:
    """How one address is asked."""

    kind: str
    about: str = ""
    methods: tuple[str, ...] = ("GET",)
    asks_for_customer: bool = False

    def keywords(self, things: "Things") -> dict[str, Any]:
        """What stands in the address."""
        return things.keywords(self.about) if self.about else {}


class Things:
    """The things of Alice's customer that addresses name."""

    def __init__(self, scene: Scene) -> None:
        customer = scene.customers["赤岭建材"]
        deal = Opportunity.objects.get(customer=customer)
        self._found: dict[str, Callable[[], Any]] = {
            "customer": lambda: {"uuid": customer.uuid},
            "touch": lambda: {"uuid": Touch.objects.filter(customer=customer).latest("pk").uuid},
            "deal": lambda: {"uuid": deal.uuid},
            "talk": lambda: {"uuid": CallPlan.objects.get(customer=customer).uuid},
            "promise": lambda: {"uuid": Promise.objects.get().uuid},
            "commitment": lambda: {"uuid": Commitment.objects.order_by("pk")[0].uuid},
            "tail": lambda: {"uuid": Tail.objects.filter(customer=customer)[0].uuid},
            "quiet": lambda: {"uuid": QuietPeriod.objects.get().uuid},
            "contact": lambda: {"uuid": scene.contacts["赤岭建材"].uuid},
            "pair": lambda: {"uuid": customer.uuid, "other": scene.customers["砚湖轴承"].uuid},
            "two people": lambda: {
                "uuid": scene.contacts["赤岭建材"].uuid,
                "other": scene.contacts["砚湖轴承"].uuid,
            },
            "merge": lambda: {"uuid": Merge.objects.get().uuid},
            "influencer": lambda: {"uuid": deal.uuid, "part": Influencer.objects.get(opportunity=deal).uuid},
            "stage": lambda: {"stage": "ST1"},
            "finding": lambda: {
                "uuid": deal.uuid,
                "kind": "demand",
                "row": Demand.objects.filter(opportunity=deal)[0].uuid,
            },
            "solution": lambda: {"uuid": Solution.objects.get().uuid},
            "kind of line": lambda: {"uuid": Solution.objects.get().uuid, "kind": "points"},
            "line": lambda: {
                "uuid": Solution.objects.get().uuid,
                "kind": "points",
                "row": SolutionPoint.objects.get().uuid,
            },
            "solution used": lambda: {"uuid": deal.uuid, "row": SolutionUse.objects.get(opportunity=deal).uuid},
            "proposal": lambda: {"uuid": deal.uuid, "row": Proposal.objects.get().uuid},
            "section": lambda: {"uuid": deal.uuid, "row": Proposal.objects.get().uuid, "section": "price"},
            "file of a proposal": lambda: {"uuid": deal.uuid, "row": Proposal.objects.get().uuid, "ending": "docx"},
            "quote": lambda: {"uuid": Quote.objects.get(opportunity=deal).uuid},
            "quote line": lambda: {
                "uuid": Quote.objects.get(opportunity=deal).uuid,
                "row": QuoteLine.objects.get(quote__opportunity=deal).uuid,
            },
            "order": lambda: {"uuid": Order.objects.get(customer=customer).uuid},
            "kind of finding": lambda: {"uuid": deal.uuid, "kind": "concern"},
            "collaborator": lambda: {"uuid": customer.uuid, "user": scene.customers["青屿精密"].owner.uuid},
            "tag": lambda: {"uuid": customer.uuid, "tag": Tag.objects.get().uuid},
            "point": lambda: {"uuid": customer.uuid, "pk": ContactPoint.objects.get(customer=customer).pk},
            "binned": lambda: {"kind": "customer", "uuid": customer.uuid},
            "notification": lambda: {"uuid": Notification.objects.filter(customer_uuid=customer.uuid)[0].uuid},
            "view": lambda: {"uuid": SavedView.objects.get().uuid},
            "language": lambda: {"language": "en"},
            "year": lambda: {"year": 2027},
            "holiday": lambda: {"pk": Holiday.objects.order_by("pk")[0].pk},
            "team": lambda: {"uuid": Team.objects.get(name="苏州组").uuid},
            "colleague": lambda: {"uuid": User.objects.get(username="bob").uuid},
            "own field": lambda: {"uuid": CustomField.objects.get().uuid},
            "own field up": lambda: {"uuid": CustomField.objects.get().uuid, "way": "up"},
            "version": lambda: {"name": "standard 1.0.0"},
            "draft": lambda: {"uuid": Pack.objects.get().uuid},
            "play": lambda: {"uuid": Pack.objects.get().uuid, "key": "strike"},
            "problem of the bank": lambda: {"uuid": Pack.objects.get().uuid, "code": "changeover"},
            "form": lambda: {"uuid": Pack.objects.get().uuid, "key": "windows"},
            "piece": lambda: {"uuid": Pack.objects.get().uuid, "place": "plays.strike_a"},
            "work": lambda: {"uuid": Job.objects.get(kind="coach.recompute").uuid},
            "batch": lambda: {"uuid": Batch.objects.get(begun_at__isnull=True).uuid},
            "handover": lambda: {"uuid": Handover.objects.get().uuid},
            "export": lambda: {"uuid": Export.objects.get().uuid},
            "import": lambda: {"uuid": Import.objects.get().uuid},
            "column template": lambda: {"uuid": ColumnTemplate.objects.get().uuid},
            "nowhere": lambda: {"uuid": uuid4()},
            "invitation": lambda: {"token": "made-up"},
            "feed": lambda: {"secret": "made-up"},
            "owned": lambda: {"uuid": customer.uuid, "owner": customer.owner.uuid},
            "step": lambda: {"uuid": Step.objects.get(customer_id=customer.pk).uuid},
            "reset": lambda: {"uidb36": "1", "key": "set-password"},
        }

    def keywords(self, about: str) -> dict[str, Any]:
        """The parts of an address about such a thing."""
        found: dict[str, Any] = self._found[about]()
        return found


def _post(kind: str, about: str = "") -> Route:
    return Route(kind, about, ("POST",))


def _both(kind: str, about: str = "") -> Route:
    return Route(kind, about, ("GET", "POST"))


ROUTES: dict[str, Route] = {
    "health-live": Route(OPEN),
    "health-ready": Route(OPEN),
    "health-worker": Route(OPEN),
    "account_login": _both(OPEN),
    "account_logout": _both(OPEN),
    "account_inactive": Route(OPEN),
    "account_reset_password": _both(OPEN),
    "account_reset_password_done": Route(OPEN),
    "account_reset_password_from_key": Route(OPEN, "reset"),
    "account_reset_password_from_key_done": Route(OPEN),
    "account_reauthenticate": _both(OWN),
    "account_change_password": _both(OWN),
    "account_set_password": _both(OWN),
    "mfa_index": Route(OWN),
    "mfa_authenticate": Route(OPEN),
    "mfa_reauthenticate": _both(OWN),
    "mfa_activate_totp": Route(OWN),
    "mfa_deactivate_totp": Route(OWN),
    "mfa_view_recovery_codes": Route(OWN),
    "mfa_generate_recovery_codes": Route(OWN),
    "mfa_download_recovery_codes": Route(OWN),
    "home": Route(LIST),
    "offline:manifest": Route(OPEN),
    "offline:worker": Route(OPEN),
    "offline:page": Route(OPEN, "language"),
    "offline:waiting": Route(OWN),
    "offline:shelf": Route(LIST),
    "offline:touches": _post(OWN),
    "components": Route(HIDDEN),
    "preferences:language": _post(OPEN),
    "preferences:theme": _post(OWN),
    "today:today": Route(LIST),
    "today:rest": _post(OBJECT, "customer"),
    "today:return": _post(OBJECT, "customer"),
    "customers:list": Route(LIST),
    "customers:composing": Route(LIST),
    "customers:columns": Route(LIST),
    "calendar:page": Route(LIST),
    "calendar:move": _post(OBJECT, "customer"),
    "calendar:return": _post(OBJECT, "owned"),
    "calendar:plan": _post(OBJECT, "step"),
    "calendar:feed": Route(OPEN, "feed"),
    "calendar:subscription": _both(OWN),
    "calendar:subscription_end": _post(OWN),
    "calendar:subscription_return": _post(OWN),
    "saved_views:new": _both(OWN),
    "saved_views:first_removal": _post(OWN),
    "saved_views:change": _post(HIDDEN, "view"),
    "saved_views:renaming": _both(HIDDEN, "view"),
    "saved_views:sharing": _both(HIDDEN, "view"),
    "saved_views:taking_back": _post(HIDDEN, "view"),
    "saved_views:deletion": _post(HIDDEN, "view"),
    "saved_views:restoration": _post(HIDDEN, "view"),
    "saved_views:pin": _post(HIDDEN, "view"),
    "saved_views:pin_removal": _post(HIDDEN, "view"),
    "saved_views:first": _post(HIDDEN, "view"),
    "saved_views:roles": _both(HIDDEN, "view"),
    "quadrants:board": Route(LIST),
    "quadrants:time": Route(LIST),
    "quadrants:why": Route(OBJECT, "customer"),
    "search:find": Route(LIST),
    "notifications:list": Route(LIST),
    "notifications:choices": _both(OWN),
    "notifications:read_all": _post(OWN),
    "notifications:read": _post(HIDDEN, "notification"),
    "talks:bank": Route(OWN),
    "talks:new": _both(LIST),
    "talks:page": Route(OBJECT, "talk"),
    "talks:companion": Route(OBJECT, "talk"),
    "talks:picking": _both(OBJECT, "talk"),
    "talks:details": _both(OBJECT, "talk"),
    "talks:removal": _post(OBJECT, "talk"),
    "talks:restoration": _post(OBJECT, "talk"),
    "touches:new": _both(LIST),
    "touches:effect": _post(LIST),
    "touches:page": _both(OBJECT, "touch"),
    "touches:undoing": _post(OBJECT, "touch"),
    "touches:restoration": _post(OBJECT, "touch"),
    "touches:promise_settlement": _post(OBJECT, "promise"),
    "touches:promise_reopening": _post(OBJECT, "promise"),
    "touches:commitment_settlement": _post(OBJECT, "commitment"),
    "touches:commitment_reopening": _post(OBJECT, "commitment"),
    "touches:tail_closing": _post(OBJECT, "tail"),
    "touches:tail_reopening": _post(OBJECT, "tail"),
    "touches:quiet_withdrawal": _post(OBJECT, "quiet"),
    "customers:new": _both(LIST),
    "customers:similar": Route(LIST),
    "customers:page": Route(OBJECT, "customer"),
    "duplicates:list": _both(OWN),
    "duplicates:apart": Route(OWN),
    "duplicates:reach": Route(LIST),
    "duplicates:stop": _post(OWN, "nowhere"),
    "duplicates:resumption": _post(OWN, "nowhere"),
    "duplicates:telling_apart": _post(HIDDEN, "pair"),
    "duplicates:returning": _post(HIDDEN, "nowhere"),
    "merges:list": Route(LIST),
    "merges:whom": Route(HIDDEN, "customer"),
    "merges:beside": _both(HIDDEN, "pair"),
    "merges:outlook": Route(HIDDEN, "pair"),
    "merges:people": Route(HIDDEN, "contact"),
    "merges:persons": _both(HIDDEN, "two people"),
    "merges:parting": _post(HIDDEN, "merge"),
    "bulk:list": _both(LIST),
    "bulk:batch": _both(HIDDEN, "batch"),
    "bulk:undoing": _post(HIDDEN, "batch"),
    "bulk:stop": _post(HIDDEN, "batch"),
    "bulk:resumption": _post(HIDDEN, "batch"),
    "customers:peek": Route(OBJECT, "customer"),
    "customers:details": _both(OBJECT, "customer"),
    "customers:edits": Route(OBJECT, "customer"),
    "customers:deletion": _post(OBJECT, "customer"),
    "customers:restoration": _post(OBJECT, "customer"),
    "customers:owner": _both(OBJECT, "customer"),
    "customers:owner_undoing": _post(OBJECT, "customer"),
    "customers:collaborators": _both(OBJECT, "customer"),
    "customers:collaborator_removal": _post(OBJECT, "collaborator"),
    "customers:tags": _both(OBJECT, "customer"),
    "customers:tag_removal": _post(OBJECT, "tag"),
    "customers:rest": _both(OBJECT, "customer"),
    "customers:waking": _post(OBJECT, "customer"),
    "customers:churn": _both(OBJECT, "customer"),
    "customers:churn_undoing": _post(OBJECT, "customer"),
    "customers:override": _both(OBJECT, "customer"),
    "customers:override_end": _post(OBJECT, "customer"),
    "customers:requalification": _both(OBJECT, "customer"),
    "customers:answers": _both(OBJECT, "customer"),
    "customers:quiet": _both(OBJECT, "customer"),
    "customers:problems": _both(OBJECT, "customer"),
    "customers:fields": _both(OBJECT, "customer"),
    "customers:contact_new": _both(OBJECT, "customer"),
    "customers:contact": _both(OBJECT, "contact"),
    "customers:contact_main": _post(OBJECT, "contact"),
    "customers:contact_points": _both(OBJECT, "contact"),
    "customers:contact_deletion": _post(OBJECT, "contact"),
    "customers:contact_restoration": _post(OBJECT, "contact"),
    "customers:point_removal": _post(OBJECT, "point"),
    **{
        f"team:{name}": Route(HOUSE)
        for name in ("board", "overrides", "requalifications", "feelings", "unproven", "quotes")
    },
    "team:handover": _both(HOUSE),
    "team:handed": Route(HIDDEN, "handover"),
    "team:handover_undoing": _post(HIDDEN, "handover"),
    "team:handover_resumption": _post(HIDDEN, "handover"),
    "exports:list": _both(LIST),
    "exports:page": Route(HIDDEN, "export"),
    "exports:file": _post(HIDDEN, "export"),
    "exports:stop": _post(HIDDEN, "export"),
    "exports:resumption": _post(HIDDEN, "export"),
    "exports:discarding": _post(HIDDEN, "export"),
    "imports:list": _both(LIST),
    "imports:blank": Route(LIST),
    "imports:page": Route(HIDDEN, "import"),
    "imports:rejects": Route(HIDDEN, "import"),
    "imports:columns": _post(HIDDEN, "import"),
    "imports:sheet": _post(HIDDEN, "import"),
    "imports:template": _post(HIDDEN, "import"),
    "imports:template_removal": _post(LIST, "column template"),
    "imports:beginning": _post(HIDDEN, "import"),
    "imports:stop": _post(HIDDEN, "import"),
    "imports:resumption": _post(HIDDEN, "import"),
    "imports:undoing": _post(HIDDEN, "import"),
    "imports:discarding": _post(HIDDEN, "import"),
    "recycle:list": Route(LIST),
    "recycle:purging": _both(HIDDEN, "binned"),
    "backups:list": Route(HIDDEN),
    "backups:making": _post(HIDDEN),
    "invitation:accept": _both(OPEN, "invitation"),
    "settings:home": Route(HOUSE),
    "settings:organisation": _both(HOUSE),
    "settings:holidays": _both(HOUSE),
    "settings:holiday_return": _post(HOUSE),
    "settings:holiday_removal": _post(HOUSE, "holiday"),
    "settings:holiday_loading": _post(HOUSE, "year"),
    "settings:teams": Route(HOUSE),
    "settings:team_new": _both(HOUSE),
    "settings:team": _both(HOUSE, "team"),
    "settings:team_closing": _post(HOUSE, "team"),
    "settings:team_reopening": _post(HOUSE, "team"),
    "settings:people": Route(HOUSE),
    "settings:person_new": _both(HOUSE),
    "settings:person": _both(HOUSE, "colleague"),
    "settings:person_invitation": _post(HOUSE, "colleague"),
    "settings:person_withdrawal": _post(HOUSE, "colleague"),
    "settings:person_password": _both(HOUSE, "colleague"),
    "settings:person_closing": _post(HOUSE, "colleague"),
    "settings:person_opening": _post(HOUSE, "colleague"),
    "settings:fields": Route(HOUSE),
    "settings:field_new": _both(HOUSE),
    "settings:field": _both(HOUSE, "own field"),
    "settings:field_move": _post(HOUSE, "own field up"),
    "settings:field_retirement": _post(HOUSE, "own field"),
    "settings:field_return": _post(HOUSE, "own field"),
    "settings:playbook": Route(HOUSE),
    "settings:version": Route(HOUSE, "version"),
    "settings:rolling_back": _both(HOUSE, "version"),
    "settings:drafting": _post(DRAFTS),
    "settings:draft": Route(HOUSE, "draft"),
    "settings:draft_plays": Route(HOUSE, "draft"),
    "settings:draft_play": _both(DRAFTS, "play"),
    "settings:draft_play_new": _both(DRAFTS, "draft"),
    "settings:draft_play_removing": _post(DRAFTS, "play"),
    "settings:draft_spin": Route(HOUSE, "draft"),
    "settings:draft_spin_problem": _both(DRAFTS, "problem of the bank"),
    "settings:draft_spin_new": _both(DRAFTS, "draft"),
    "settings:draft_spin_removing": _post(DRAFTS, "problem of the bank"),
    "settings:draft_putting_back": _post(DRAFTS, "piece"),
    "settings:draft_rebase": _both(DRAFTS, "draft"),
    "settings:draft_preview": _post(DRAFTS, "draft"),
    "settings:draft_effect": Route(DRAFTS, "draft"),
    "settings:draft_publication": _both(HOUSE, "draft"),
    "settings:draft_discarding": _post(DRAFTS, "draft"),
    "settings:draft_return": _post(DRAFTS, "draft"),
    "settings:draft_form": _both(DRAFTS, "form"),
    "settings:work_stop": _post(DRAFTS, "work"),
    "settings:work_resume": _post(DRAFTS, "work"),
    "settings:audit": Route(HIDDEN),
    "settings:audit_export": _post(HIDDEN),
    "settings:account": Route(HIDDEN),
    "settings:account_asking": _post(HIDDEN),
    "opportunities:list": Route(LIST),
    "opportunities:board": Route(LIST),
    "opportunities:column": Route(LIST, "stage"),
    "opportunities:forecast": Route(LIST),
    "opportunities:record": Route(LIST),
    "opportunities:winners": Route(LIST),
    "opportunities:coaching": Route(HOUSE),
    "steps:whom": Route(LIST),
    "steps:new": Route(OBJECT, "", ("GET", "POST"), asks_for_customer=True),
    "steps:change": _both(OBJECT, "step"),
    "steps:unchange": _post(OBJECT, "step"),
    "steps:completion": _post(OBJECT, "step"),
    "steps:cancelling": _post(OBJECT, "step"),
    "steps:reopening": _post(OBJECT, "step"),
    "opportunities:whom": Route(LIST),
    "opportunities:new": Route(OBJECT, "", ("GET", "POST"), asks_for_customer=True),
    "opportunities:page": Route(OBJECT, "deal"),
    "opportunities:touches": Route(OBJECT, "deal"),
    "opportunities:details": _both(OBJECT, "deal"),
    "opportunities:deletion": _post(OBJECT, "deal"),
    "opportunities:restoration": _post(OBJECT, "deal"),
    "opportunities:stage": _both(OBJECT, "deal"),
    "opportunities:losses": Route(LIST),
    "opportunities:closure": _both(OBJECT, "deal"),
    "opportunities:loss": _both(OBJECT, "deal"),
    "opportunities:withdrawal": _post(OBJECT, "deal"),
    "opportunities:reopening": _both(OBJECT, "deal"),
    "opportunities:diagnosis": _both(OBJECT, "deal"),
    "opportunities:correction_withdrawal": _post(OBJECT, "deal"),
    "opportunities:pause": _both(OBJECT, "deal"),
    "opportunities:resumption": _both(OBJECT, "deal"),
    "opportunities:owner": _both(OBJECT, "deal"),
    "opportunities:influencers": _both(OBJECT, "deal"),
    "opportunities:influencer": _both(OBJECT, "influencer"),
    "opportunities:influencer_removal": _post(OBJECT, "influencer"),
    "opportunities:findings": _both(OBJECT, "kind of finding"),
    "opportunities:finding": _both(OBJECT, "finding"),
    "opportunities:finding_removal": _post(OBJECT, "finding"),
    "opportunities:finding_restoration": _post(OBJECT, "finding"),
    "opportunities:solutions": _both(OBJECT, "deal"),
    "opportunities:solution_removal": _post(OBJECT, "solution used"),
    "opportunities:solution_restoration": _post(OBJECT, "solution used"),
    "opportunities:promotion": _both(OBJECT, "deal"),
    "opportunities:proposals": _both(OBJECT, "deal"),
    "opportunities:expectations": Route(OBJECT, "deal"),
    "opportunities:proposal": Route(OBJECT, "proposal"),
    "opportunities:proposal_section": _both(OBJECT, "section"),
    "opportunities:proposal_filling": _post(OBJECT, "proposal"),
    "opportunities:proposal_sending": _both(OBJECT, "proposal"),
    "opportunities:proposal_version": _post(OBJECT, "proposal"),
    "opportunities:proposal_removal": _post(OBJECT, "proposal"),
    "opportunities:proposal_restoration": _post(OBJECT, "proposal"),
    "opportunities:proposal_file": Route(OBJECT, "file of a proposal"),
    "library:list": Route(LIST),
    "library:new": _both(SHELF),
    "library:page": Route(SHELF, "solution"),
    "library:details": _both(SHELF, "solution"),
    "library:publication": _post(SHELF, "solution"),
    "library:retirement": _post(SHELF, "solution"),
    "library:return": _post(SHELF, "solution"),
    "library:pieces": _both(SHELF, "kind of line"),
    "library:piece": _both(SHELF, "line"),
    "library:piece_removal": _post(SHELF, "line"),
    "library:piece_restoration": _post(SHELF, "line"),
    "worth:customer": Route(OBJECT, "customer"),
    "worth:overview": Route(LIST),
    "worth:again": Route(LIST),
    "worth:next_need": Route(LIST),
    "worth:lanes": Route(LIST),
    "worth:model": Route(LIST),
    "agreements:orders": Route(OBJECT, "customer"),
    "agreements:new": _both(OBJECT, "customer"),
    "agreements:correction": _both(OBJECT, "order"),
    "agreements:cancelling": _both(OBJECT, "order"),
    "agreements:uncancelling": _post(OBJECT, "order"),
    "agreements:deletion": _post(OBJECT, "order"),
    "agreements:restoration": _post(OBJECT, "order"),
    "quotes:new": _both(OBJECT, "deal"),
    "quotes:page": Route(OBJECT, "quote"),
    "quotes:paper": Route(OBJECT, "quote"),
    "quotes:details": _both(OBJECT, "quote"),
    "quotes:asking": _both(OBJECT, "quote"),
    "quotes:decision": _both(OBJECT, "quote"),
    "quotes:sending": _post(OBJECT, "quote"),
    "quotes:answer": _both(OBJECT, "quote"),
    "quotes:lines": _both(OBJECT, "quote"),
    "quotes:line": _both(OBJECT, "quote line"),
    "quotes:line_removal": _post(OBJECT, "quote line"),
    "quotes:line_restoration": _post(OBJECT, "quote line"),
}


def named_routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The full name of every address the site answers to."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from named_routes(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name or each.pattern}"
