"""Scores are written from the orders: of all customers in one look a night, of one as soon as its orders change."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Round

from wendu.customers.models import Customer
from wendu.identity.models import Organisation
from wendu.insights.bringing import House
from wendu.insights.choices import Speaker
from wendu.insights.facts import Ground, books_of, holdings
from wendu.insights.models import Pairing, Score, Study
from wendu.insights.queries import latest_study
from wendu.insights.scoring import HOUSE, kept_of, score_of, stayed
from wendu.journal.models import Entry
from wendu.method.lifecycle import Lifecycle
from wendu.method.lifetime import kept_years

if TYPE_CHECKING:
    from wendu.insights.fitting import Forecast, Learnt

AT_ONCE, STUDIES_KEPT = 500, 60
BY_MODEL = ["chance", "alive", "purchases", "to_come_minor"]
BY_BASKET = ["next_item", "next_because", "next_share", "next_lift"]
BY_RULE = [field.name for field in Score._meta.concrete_fields if field.name not in {"customer", *BY_MODEL, *BY_BASKET}]
MOVES = (
    "order.written",
    "order.corrected",
    "order.cancelled",
    "order.uncancelled",
    "order.deleted",
    "order.restored",
    *("return.written", "return.withdrawn", "return.restored"),
    *(f"subscription.{step}" for step in ("begun", "corrected", "renewed", "ended", "undone")),
    *(f"contract.{step}" for step in ("written", "corrected", "moved", "unmoved")),
    *(f"{kind}.{step}" for kind in ("subscription", "contract") for step in ("deleted", "restored")),
    "opportunity.closed",
    "opportunity.closure_withdrawn",
    "opportunity.reopened",
    "customer.churned",
    "customer.churn_undone",
    "customer.merged",
    "customer.unmerged",
    "customer.restored",
)


def follow(entry: Entry) -> None:
    """The orders of one customer changed: its score is written anew; the model's forecast waits for the night."""
    if entry.root_kind == "customer" and entry.root_id is not None:
        study = latest_study()
        write_scores([entry.root_id], Ground.on(Organisation.objects.current().today(entry.at)), study)


def next_customers(after: int) -> list[int]:
    """The keys of the customers that are looked at next."""
    rows = Customer.objects.filter(deleted_at__isnull=True, bucket_of__isnull=True, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def write_scores(
    customer_ids: Collection[int], ground: Ground, study: Study | None, kept: Mapping[str, Any] | None = None
) -> dict[str, list[int]]:
    """Score these customers, and add to `kept` who stayed, per market and in all: so many, of so many."""
    shares = study.kept if study is not None else {}
    books, foreseen = books_of(customer_ids, ground), foreseen_of(customer_ids, study)
    rows = [score_of(book, ground, shares, foreseen.get(book.customer_id)) for book in books]
    Score.objects.bulk_create(rows, update_conflicts=True, unique_fields=["customer"], update_fields=BY_RULE)
    counts = {name: list(pair) for name, pair in (kept or {}).items()}
    for book in books:
        told = stayed(book, ground.today)
        if told.was_there:
            for name in (book.context.profile.market, HOUSE):
                pair = counts.setdefault(name, [0, 0])
                pair[0] += told.is_there
                pair[1] += 1
    return counts


def foreseen_of(customer_ids: Collection[int], study: Study | None) -> dict[int, int]:
    """The value to come by the model, where it speaks (one query at most)."""
    if study is None or study.speaker != Speaker.MODEL:
        return {}
    rows = Score.objects.filter(pk__in=customer_ids, to_come_minor__isnull=False)
    return {row.pk: row.to_come_minor for row in rows.only("to_come_minor") if row.to_come_minor is not None}


@transaction.atomic
def finish_study(
    *, ground: Ground, kept: Mapping[str, Any], learnt: "Learnt", pairs: Sequence[Any] = (), house: House | None = None
) -> Study:
    """Keep what the night found, and bring all scores in line with it."""
    found = {name: getattr(learnt, name) for name in _OF_FIT}
    judged = {
        "pack_version": ground.scale.version,
        "currency": ground.currency,
        "kept": dict(kept),
        "pairs": list(pairs),
        "referrals": house._asdict() if house else {},
    }
    study, _is_new = Study.objects.update_or_create(on=ground.today, defaults={**judged, **found})
    _let_go_on(study, ground)
    _forecast(learnt.forecasts)
    if study.speaker == Speaker.MODEL:
        Score.objects.filter(to_come_minor__isnull=False).update(current_minor=F("to_come_minor"))
    _propose(study, ground)
    _forget()
    return study


_OF_FIT = (
    *("status", "speaker", "horizon_days", "buyers", "orders"),
    *("parameters", "spending", "backtest", "drift"),
)


def _let_go_on(study: Study, ground: Ground) -> None:
    """What goes on depends on the share kept, which is known only when all were looked at."""
    scale = ground.scale.lifetime
    there = Score.objects.filter(order_days__gt=0).exclude(stage=Lifecycle.CHURNED)
    for market in there.order_by("market").values_list("market", flat=True).distinct():
        kept = kept_of(study.kept, market, scale.kept_from_customers)
        rows = there.filter(market=market)
        if kept is None or kept.of < scale.kept_from_customers:
            rows.update(current_minor=None)
        else:
            rows.update(current_minor=Round(F("yearly_minor") * kept_years(kept.share, scale)))


def _forecast(forecasts: Mapping[int, "Forecast"]) -> None:
    """Write the model's columns, and empty them of whoever it says nothing of."""
    Score.objects.filter(Q(chance__isnull=False) | Q(alive__isnull=False)).update(**dict.fromkeys(BY_MODEL))
    for rows in _pieces(Score.objects.filter(order_days__gt=0).order_by("pk")):
        told = [row for row in rows if row.pk in forecasts]
        for row in told:
            said = forecasts[row.pk]
            share = row.margin_minor / row.revenue_minor if row.margin_minor is not None and row.revenue_minor else 1.0
            row.chance, row.alive, row.purchases = said.chance, said.alive, said.purchases
            row.to_come_minor = round(said.to_come * share)
        Score.objects.bulk_create(told, update_conflicts=True, unique_fields=["customer"], update_fields=BY_MODEL)


def _propose(study: Study, ground: Ground) -> None:
    """Write of each customer what goes best with what it has, of what it has not: rules first, then the surest pair."""
    Score.objects.exclude(next_item="").update(next_item="", next_because="", next_share=None, next_lift=None)
    rules = Pairing.objects.standing().order_by("-pk").values_list("has", "also")
    pairs = [(has, also, None, None) for has, also in rules]
    pairs += [(each["has"], each["also"], each["share"], each["lift"]) for each in study.pairs]
    if not pairs:
        return
    for rows in _pieces(Score.objects.filter(order_days__gt=0).order_by("pk")):
        held: dict[int, set[str]] = defaultdict(set)
        for pk, name in holdings([row.pk for row in rows], upto=ground.today):
            held[pk].add(name)
        told = []
        for row in rows:
            found = next((each for each in pairs if each[0] in held[row.pk] and each[1] not in held[row.pk]), None)
            if found is not None:
                row.next_because, row.next_item, row.next_share, row.next_lift = found
                told.append(row)
        Score.objects.bulk_create(told, update_conflicts=True, unique_fields=["customer"], update_fields=BY_BASKET)


def _pieces(rows: QuerySet[Score]) -> Iterable[list[Score]]:
    after = 0
    while piece := list(rows.filter(pk__gt=after)[:AT_ONCE]):
        yield piece
        after = piece[-1].pk


def _forget() -> None:
    old = list(Study.objects.order_by("-on").values_list("pk", flat=True)[STUDIES_KEPT:])
    Study.objects.filter(pk__in=old).delete()
