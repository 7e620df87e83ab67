"""The values of journal entries in words: codes by their labels, keys by the names of what they point to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from babel import Locale
from babel.dates import get_timezone_location
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from wendu.agenda.choices import NoticeKind
from wendu.agenda.models import Step
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Contract, Order, ProductSheet, Receipt, Return, Subscription, SubscriptionChange
from wendu.care.models import Satisfaction
from wendu.coach.gates import GATE, SIGNED
from wendu.coach.quoting import CONCESSION
from wendu.customers.choices import CustomerKind, NurtureKind, NurtureReason, PointKind
from wendu.customers.models import Contact, ContactPoint, Customer, CustomField
from wendu.desk.audit_fields import FIELDS, SILENT
from wendu.desk.audit_files import FILE_CODES
from wendu.desk.audit_words import DEEDS, kind_words, verb_words
from wendu.desk.deal_words import ITEMS
from wendu.desk.table.own_fields import own_label, own_words
from wendu.desk.versions import version_words
from wendu.desk.wording import lang
from wendu.discovery.models import CallPlan, Criterion, Demand, Effect, Reconstruction, TrustRating
from wendu.identity.choices import Role
from wendu.identity.models import Organisation, Team, User
from wendu.journal.models import Entry
from wendu.kernel.money import format_money
from wendu.offers.models import (
    BenefitCard,
    Competitor,
    Concern,
    DealSheet,
    Expectation,
    Interest,
    Proposal,
    Solution,
    SolutionCase,
    SolutionPoint,
    SolutionUse,
    ValueMessage,
    Worth,
)
from wendu.opportunities.choices import LossReason, NoDealCause, Stage, State
from wendu.opportunities.models import Closure, Influencer, Opportunity
from wendu.packs.queries import current_playbook
from wendu.quotes.models import Quote, QuoteLine
from wendu.saved_views.models import SavedView
from wendu.touches.choices import Answer
from wendu.touches.models import Commitment, Promise, QuietPeriod, Touch

LONGEST, MINOR = 80, "_minor"
Labels = Mapping[str, Any]
FINDINGS: tuple[type[Model], ...] = (
    Demand, Criterion, Effect, TrustRating, Interest, BenefitCard, ValueMessage, Concern, Worth, DealSheet,
    Competitor, Reconstruction, Expectation, SolutionUse, Proposal, Solution, SolutionPoint, SolutionCase,
)  # fmt: skip
ALONE: tuple[type[Model], ...] = (
    CallPlan, Commitment, Contact, ContactPoint, Contract, Customer, CustomField, Influencer, Order, Organisation,
    Promise, QuietPeriod, Quote, QuoteLine, Receipt, Return, Satisfaction, SavedView, Step, Touch, User,
)  # fmt: skip
MODELS: dict[str, tuple[type[Model], ...]] = {
    **{model._meta.model_name or "": (model,) for model in (*ALONE, *FINDINGS)},
    "opportunity": (Opportunity, Closure),
    "solution": (Solution, ProductSheet),
    "subscription": (Subscription, SubscriptionChange),
}
OVERRULED: Labels = {
    "quadrant": pgettext_lazy("journal value", "Class"),
    f"{GATE}{SIGNED}": DEEDS["signed"],
    **{f"{GATE}{stage}": label for stage, label in Stage.choices},
    CONCESSION: pgettext_lazy("journal value", "Something given away"),
}
DERIVED: dict[tuple[str, str], Labels] = {
    ("batch", "deed"): {
        "owner": DEEDS["owner_changed"],
        "tag": DEEDS["tagged"],
        "step": DEEDS["planned"],
        "field": DEEDS["custom_changed"],
        "delete": DEEDS["deleted"],
    },
    ("contact", "points"): dict(PointKind.choices),
    ("customer", "kind"): {**dict(CustomerKind.choices), **dict(NurtureKind.choices)},
    ("customer", "reason"): dict(NurtureReason.choices),
    ("opportunity", "from"): dict(Stage.choices),
    **{(kind, "code"): OVERRULED for kind in ("customer", "opportunity")},
    **{("opportunity", name): dict(NoDealCause.choices) for name in ("cause", "found")},
    ("opportunity", "reason"): {**dict(LossReason.choices), SIGNED: DEEDS["signed"]},
    ("opportunity", "value"): {
        **dict(NoDealCause.choices),
        **{code: words for code, (words, *_rest) in ITEMS.items()},
    },
    ("quote", "cause"): dict(NoDealCause.choices),
    ("opportunity", "state"): dict(State.choices),
    ("order", "state"): dict(OrderState.choices),
    ("savedview", "role"): dict(Role.choices),
    **FILE_CODES,
    ("step", "state"): {"done": DEEDS["done"], "cancelled": DEEDS["cancelled"]},
}
KEYS: dict[str, tuple[str, ...]] = {
    "user": ("companion_id", "leaver", "owner", "takers", "user"),
    "team": ("team",),
    "contact": (
        "contact",
        "contact_id",
        "contacts",
        "main",
        "decided_by",
        "referrer_contact",
        "reports_to_id",
        "sways_id",
    ),
    "opportunity": ("opportunity",),
    "solution": ("solution_id", "product_id"),
}


class Book(Protocol):
    """Words for places of the playbook and what is written there."""

    def place(self, path: str) -> str:
        """One place in words."""

    def value(self, path: str, value: Any) -> str:
        """What was written at a place."""


@dataclass
class Names:
    """What the keys in these entries point to, and what is called by a code; filled in bulk."""

    users: dict[int | str, str] = field(default_factory=dict)
    teams: dict[int, str] = field(default_factory=dict)
    customers: dict[int, tuple[str, Any]] = field(default_factory=dict)
    contacts: dict[int, str] = field(default_factory=dict)
    opportunities: dict[int, str] = field(default_factory=dict)
    solutions: dict[int, str] = field(default_factory=dict)
    own: dict[tuple[str, str], CustomField] = field(default_factory=dict)  # by what it is about and its code
    abouts: dict[int, str] = field(default_factory=dict)  # what each of them is about, by its key
    asks: dict[str, str] = field(default_factory=dict)
    industries: dict[str, str] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    book: Book | None = None

    def of(self, kind: str, pk: object) -> str:
        """The name of what a key points to; what is gone for good is said to be."""
        rows: dict[str, Mapping[Any, Any]] = {
            "user": self.users,
            "team": self.teams,
            "contact": self.contacts,
            "opportunity": self.opportunities,
            "solution": self.solutions,
            "customer": {key: name for key, (name, _uuid) in self.customers.items()},
        }
        return str(rows.get(kind, {}).get(pk) or pgettext("journal value", "removed"))


def names_in(entries: Sequence[Entry], *, book: Book | None = None) -> Names:
    """Everything these entries name, in a fixed number of queries; `book` words places of the playbook."""
    wanted = {kind: set(_keys(entries, names)) for kind, names in KEYS.items()}
    wanted["user"] |= {entry.subject_id for entry in entries if entry.subject_kind == "user"}
    parents = list(_keys(entries, ("parent", "referrer"), of="customer"))
    customers = {entry.root_id for entry in entries if entry.root_kind == "customer"} | set(parents)
    wanted["team"] |= {*_keys(entries, ("parent",), of="team")}
    wanted["team"] |= {entry.subject_id for entry in entries if entry.subject_kind == "team"}
    tongue, counting = lang(), current_playbook()
    own = list(CustomField.objects.order_by("pk"))
    return Names(
        users=_people(wanted["user"], _asked_of(entries)),
        teams=dict(Team.objects.filter(pk__in=wanted["team"]).values_list("pk", "name")),
        customers={
            pk: (name, None if gone else uuid)
            for pk, name, uuid, gone in Customer.objects.filter(pk__in={key for key in customers if key}).values_list(
                "pk", "name", "uuid", "deleted_at"
            )
        },
        contacts=dict(Contact.objects.filter(pk__in=wanted["contact"]).values_list("pk", "name")),
        opportunities=dict(Opportunity.objects.filter(pk__in=wanted["opportunity"]).values_list("pk", "title")),
        solutions=dict(Solution.objects.filter(pk__in=wanted["solution"]).values_list("pk", "name")),
        own={(row.about, row.code): row for row in own},
        abouts={row.pk: row.about for row in own},
        asks={each.code: each.question.of(tongue) for each in counting.indicators},
        industries={code: row.name.of(tongue) for code, row in counting.factors.industry.items()},
        causes={each.code: each.text.of(tongue) for each in counting.churn_reasons},
        book=book,
    )


def _people(keys: set[int], uuids: set[str]) -> dict[int | str, str]:
    rows = User.objects.filter(Q(pk__in=keys) | Q(uuid__in=uuids))
    return {key: user.display_name for user in rows for key in (user.pk, str(user.uuid))}


def _asked_of(entries: Iterable[Entry]) -> set[str]:
    """The people whose entries were taken away as a table."""
    rows = ((entry.after or {}).get("person") for entry in entries if entry.verb == "journal.exported")
    return {each for each in rows if isinstance(each, str) and "-" in each}


def is_silent(name: str) -> bool:
    """Tell whether a value is only for the machine."""
    return name in SILENT


def field_words(entry: Entry, name: str, names: Names) -> str:
    """What a value of an entry is called."""
    if is_own(entry) and (entry.subject_kind, name) in names.own:
        return own_label(names.own[entry.subject_kind, name])
    if entry.verb == "pack.edited" and names.book is not None:
        return names.book.place(name)
    if entry.verb == "user.notices_chosen":
        return verb_words(name) if "." in name else str(dict(NoticeKind.choices).get(name, name))
    return str(FIELDS.get(name, name))


def is_own(entry: Entry) -> bool:
    """Tell whether the names of the values are codes of the company's own fields."""
    return entry.verb.endswith(".custom_changed")


def value_words(entry: Entry, name: str, value: Any, names: Names) -> str:
    """One value as it is read."""
    book = names.book if entry.verb == "pack.edited" else None
    text = book.value(name, value) if book is not None else _words(entry, name, value, names)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _words(entry: Entry, name: str, value: Any, names: Names) -> str:
    if isinstance(value, list):
        return _listed(_words(entry, name, each, names) for each in value)
    if isinstance(value, dict):
        return _listed(_pair(entry, name, key, each, names) for key, each in value.items())
    if value is None or value == "":
        return ""
    return _single(entry, name, value, names)


def _single(entry: Entry, name: str, value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if is_own(entry) and (entry.subject_kind, name) in names.own:
        return own_words(names.own[entry.subject_kind, name], value)
    set_at_once = names.own.get(("customer", str((entry.after or {}).get("field"))))
    if entry.subject_kind == "batch" and set_at_once is not None and name in ("field", "value"):
        return own_label(set_at_once) if name == "field" else own_words(set_at_once, value)
    about = names.abouts.get(entry.subject_id, "") if entry.subject_kind == "customfield" else ""
    if name in ("code", "codes") and (about, str(value)) in names.own:
        return own_label(names.own[about, str(value)])
    if name.endswith(MINOR) and isinstance(value, int):
        return format_money(value, _currency(entry), lang())
    kind = _pointed(entry.subject_kind, name)
    return names.of(kind, value) if kind and isinstance(value, int) else _coded(entry.subject_kind, name, value, names)


def _currency(entry: Entry) -> str:
    """The currency an entry names; else that of the house."""
    told = (entry.after or {}).get("currency") or (entry.before or {}).get("currency")
    return str(told or Organisation.objects.current().currency)


def _pair(entry: Entry, name: str, key: str, value: Any, names: Names) -> str:
    if name == "answers":
        return f"{names.asks.get(key, key)}: {dict(Answer.choices).get(value, value)}"
    if key in ("zh", "en"):
        return str(value)
    if name == "custom" and (entry.subject_kind, key) in names.own:
        known = names.own[entry.subject_kind, key]
        return f"{own_label(known)}: {own_words(known, value)}"
    if name == "takers":
        return _listed([key, names.of("user", value)])
    return f"{FIELDS.get(key, key)}: {_words(entry, key, value, names)}"


def _coded(kind: str, name: str, value: Any, names: Names) -> str:
    text = str(value)
    if name == "industry":
        return names.industries.get(text, text)
    if name == "person":
        return names.users.get(text, pgettext("journal", "Wendu itself"))
    if (name, kind) == ("kind", "organisation"):
        return kind_words(text)
    if name in WORDED:
        return WORDED[name](text)
    at = parse_datetime(text) if len(text) > len("2026-01-01") and text[:4].isdigit() else None
    labels = _labels(kind, name) if (name, kind) != ("reason", "customer") else {**names.causes, **_labels(kind, name)}
    return _moment(at) if at else str(labels.get(value, text))


def _labels(kind: str, name: str) -> Labels:
    if (kind, name) in DERIVED:
        return DERIVED[(kind, name)]
    for model in MODELS.get(kind, ()):
        try:
            found = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return dict(getattr(found, "flatchoices", ()))
    return {}


def _pointed(subject: str, name: str) -> str:
    if name in ("parent", "referrer"):
        return subject
    return next((kind for kind, names in KEYS.items() if name in names), "")


def _keys(entries: Iterable[Entry], names: tuple[str, ...], *, of: str = "") -> Iterable[int]:
    for entry in entries:
        for values in (entry.before, entry.after) if not of or entry.subject_kind == of else ():
            for name in names:
                found = (values or {}).get(name)
                yield from (each for each in _all_of(found) if isinstance(each, int))


def _all_of(found: Any) -> Iterable[Any]:
    if isinstance(found, dict):
        return found.values()
    return found if isinstance(found, list) else (found,)


def _listed(parts: Iterable[str]) -> str:
    return pgettext("list", ", ").join(part for part in parts if part)


def _moment(at: datetime) -> str:
    return (timezone.localtime(at) if timezone.is_aware(at) else at).strftime("%Y-%m-%d %H:%M")


def _basis(text: str) -> str:
    return pgettext("basis", "judgement") if text == "by_judgement" else pgettext("basis", "reason")


def _zone(text: str) -> str:
    return str(get_timezone_location(text, locale=_locale(), return_city=True))


def _country(text: str) -> str:
    return str(_locale().territories.get(text, text))


def _weekdays(text: str) -> str:
    days = _locale().days["format"]["abbreviated"]
    return _listed(days[int(each) - 1] for each in text if each in "1234567")


def _version(text: str) -> str:
    return version_words(*text.partition(" ")[::2])


def _parts(text: str) -> str:
    return _listed(_lacks().get(each, each) for each in text.split(","))


def _locale() -> Locale:
    return Locale.parse("zh_Hans" if lang() == "zh" else "en")


WORDED: dict[str, Callable[[str], str]] = {
    "advance_lacks": _parts,
    "alert": verb_words,
    "base": _version,
    "basis": _basis,
    "calendar_code": _country,
    "pack": _version,
    "time_zone": _zone,
    "verb": verb_words,
    "working_days": _weekdays,
}


def _lacks() -> dict[str, str]:
    return {
        "who": pgettext("advance", "who"),
        "what": pgettext("advance", "what"),
        "when": pgettext("advance", "by when"),
    }
