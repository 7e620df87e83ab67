"""Changing a subscription that a file knows better: corrected, renewed, ended, as a person would do it."""

from datetime import date
from typing import Any

from wendu.agreements.actions import correct_subscription, end_subscription, renew_subscription
from wendu.agreements.actions.subscriptions import CORRECTED
from wendu.agreements.choices import SubscriptionState
from wendu.agreements.models import Subscription
from wendu.exchange.errors import SubscriptionStands
from wendu.exchange.loaders.subscription_rows import SubscriptionDraft
from wendu.exchange.report import UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, Run
from wendu.kernel.money import Money
from wendu.method.windows import add_months

SETTLED = ("currency", "began_on", "term_months")
ENDS = ("ended_on", "cause")


def edit_subscription(row: Subscription, draft: SubscriptionDraft, product_id: int | None, run: Run) -> str:
    """Change a known subscription, each step asked about and journaled; a row that says nothing new costs nothing.

    A later day of renewal is so many terms renewed; a fee changes with the one term that begins, and never within it.
    """
    said = {**draft.given, **({"product_id": product_id} if product_id is not None else {})}
    news = {name: said[name] for name in CORRECTED if name in said and said[name] != getattr(row, name)}
    if run.only_fills:
        news = {name: value for name, value in news.items() if getattr(row, name) in BLANK}
        return _carry_out(row, news, [], None, run)
    _refuse_other(row, SETTLED, draft)
    if row.state == SubscriptionState.CHURNED:
        if draft.given.get("fee_minor", row.fee_minor) != row.fee_minor:
            raise _other_fee(row)
        _refuse_other(row, ("renews_on", *ENDS), draft)
        _refuse_state(row, draft)
        return _carry_out(row, news, [], None, run)
    fees = _renewals(row, draft)
    if not draft.has_ended and not fees:
        _refuse_state(row, draft)
    return _carry_out(row, news, fees, draft if draft.has_ended else None, run)


def _carry_out(
    row: Subscription, news: dict[str, Any], fees: list[int], end: SubscriptionDraft | None, run: Run
) -> str:
    who: dict[str, Any] = {"subscription": row, "actor": run.actor, "at": run.at}
    if news:
        correct_subscription(changes=news, **who)
    for fee in fees:
        renew_subscription(fee_minor=fee, **who)
    if end is not None:
        end_subscription(ended_on=end.given["ended_on"], cause=end.given.get("cause", ""), **who)
    return UPDATED if news or fees or end else UNCHANGED


def _renewals(row: Subscription, draft: SubscriptionDraft) -> list[int]:
    """The fee of each term that began since, as far as the file tells it."""
    fee, until = draft.given.get("fee_minor", row.fee_minor), draft.given.get("renews_on", row.renews_on)
    terms = _terms_until(row, until)
    if terms is None:
        raise SubscriptionStands(here=row.renews_on.isoformat()).at("renews_on")
    if fee != row.fee_minor and terms != 1:
        raise _other_fee(row)
    return [fee] * terms


def _terms_until(row: Subscription, until: date) -> int | None:
    """How many terms lead from the day it renews on to another; none fit: nothing."""
    months = (row.renews_on.year - row.began_on.year) * 12 + row.renews_on.month - row.began_on.month
    day, terms = row.renews_on, 0
    while day < until:
        terms += 1
        day = add_months(row.began_on, months + terms * row.term_months)
    return terms if day == until else None


def _other_fee(row: Subscription) -> SubscriptionStands:
    return SubscriptionStands(here=str(Money(row.fee_minor, row.currency).amount)).at("fee")


def _refuse_state(row: Subscription, draft: SubscriptionDraft) -> None:
    if draft.state not in ("", row.state):
        raise SubscriptionStands(here=SubscriptionState(row.state).label).at("state")


def _refuse_other(row: Subscription, names: tuple[str, ...], draft: SubscriptionDraft) -> None:
    """What was settled with its beginning or its end is not changed by a file."""
    for name in names:
        if name in draft.given and draft.given[name] != getattr(row, name):
            raise SubscriptionStands(here=str(getattr(row, name) or "-")).at(name)
