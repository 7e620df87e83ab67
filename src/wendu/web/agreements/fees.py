"""Subscriptions with where they stand, and what their fees have come to, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wendu.agreements.choices import SubscriptionStep
from wendu.agreements.models import Subscription, SubscriptionChange
from wendu.coach.frame import Frame
from wendu.method.subscriptions import Paid, Renewal, ahead_of, cumulative, overtakes_on, renewal
from wendu.web.components.cumulative import FeeSums


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One subscription and whether it is time to renew."""

    subscription: Subscription
    renewal: Renewal
    days: int

    @property
    def is_urgent(self) -> bool:
        """Whether somebody has to do something."""
        return self.renewal in (Renewal.DUE, Renewal.LAPSED)


def fee_row(subscription: Subscription, frame: Frame) -> FeeRow:
    """Where one stands today."""
    life, on = frame.scale.lifecycle, subscription.renews_on
    ahead = ahead_of(subscription.term_months, ahead_days=life.renewal_ahead_days, share=life.renewal_ahead_share)
    stands = renewal(on, on=frame.today, ahead_days=ahead, ended_on=subscription.ended_on)
    return FeeRow(subscription, stands, (on - frame.today).days)


def fee_sums(subscription: Subscription, steps: Sequence[SubscriptionChange], today: date) -> FeeSums:
    """Add up the fees of its terms; `steps` in order of time."""
    paid = [Paid(step.on, step.fee_after_minor, step.until) for step in steps if step.until is not None]
    term, ended = subscription.term_months, subscription.ended_on
    sums = cumulative(paid, term_months=term, upto=min(today, ended or today))
    price, reached = subscription.one_off_minor, None
    if price is not None:
        reached = overtakes_on(
            sums,
            price_minor=price,
            fee_minor=0 if ended else subscription.fee_minor,
            term_months=term,
            next_on=subscription.renews_on,
        )
    total = sums[-1].minor if sums else 0
    return FeeSums(sums, total, price, reached, today)


def is_undoable(steps: Sequence[SubscriptionChange]) -> bool:
    """Whether something followed the beginning."""
    return bool(steps) and steps[-1].step != SubscriptionStep.BEGUN
