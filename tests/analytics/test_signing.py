"""Evidence fades by half-lives, and a chance is spoken of only once it was checked."""

from functools import cache

import numpy as np
import pytest

from wendu.analytics.calibration import calibration
from wendu.analytics.evidence import Evidence
from wendu.analytics.signing import SigningModel, Snapshot, Voice
from wendu.analytics.status import Status

BOOK = (4.0, 2.0, 1.0, 0.5)  # document returned, offer, call, visit
WINDOW = 14


def test_an_event_counts_half_after_its_half_life():
    seen = Evidence.of(["a", "a", "b"], [0, 1, 1], [0, 14, 14], kinds=2, on=14, half_lives=(14.0,))

    assert seen.strength[:, :, 0].tolist() == [[0.5, 1.0], [0.0, 1.0]]
    assert seen.columns()[0].tolist() == pytest.approx(np.log1p([0.5, 1, 0, 14]).tolist())


def test_evidence_grows_without_its_history():
    draw = np.random.default_rng(3)
    who, kind, day = draw.integers(0, 30, 400), draw.integers(0, 4, 400), draw.integers(0, 90, 400)
    early = day < 50
    whole = Evidence.of(who, kind, day, kinds=4, on=100)

    grown = Evidence.of(who[early], kind[early], day[early], kinds=4, on=49).plus(
        Evidence.of(who[~early], kind[~early], day[~early], kinds=4, on=100)
    )

    assert grown.customer.tolist() == whole.customer.tolist()
    assert grown.columns() == pytest.approx(whole.columns(), rel=1e-12)


def test_what_comes_later_is_not_known_yet():
    assert len(Evidence.of(["a"], [0], [20], kinds=1, on=14).customer) == 0


@cache
def history(customers, *, seed=6, steady=True):
    """A team's year: warm customers send documents back, and sign; a cold one visits and does not."""
    draw = np.random.default_rng(seed)
    warmth = draw.normal(size=customers)
    snapshots, events = [], ([], [], [])
    for day in range(360):
        active = np.flatnonzero(draw.uniform(size=customers) < 0.06)
        kind = np.where(draw.normal(size=len(active)) < warmth[active], draw.integers(0, 2, len(active)), 3)
        for column, values in zip(events, (active, kind, np.full(len(active), day)), strict=True):
            column.append(values)
        if day >= 60 and day % WINDOW == 0:
            evidence = Evidence.of(*(np.concatenate(column) for column in events), kinds=4, on=day)
            odds = -3.2 + 1.5 * warmth[evidence.customer] * (1 if steady or day < 270 else -1)
            snapshots.append(Snapshot(evidence, draw.uniform(size=len(odds)) < 1 / (1 + np.exp(-odds))))
    return tuple(snapshots)


def test_a_new_team_gets_a_rank_and_no_chance():
    first, *_ = history(12)
    model = SigningModel(book_weights=BOOK).fit(history(12))

    assert (model.status_, model.voice_) == (Status.RANK_ONLY, Voice.BOOK)
    assert model.probability(first.evidence) is None
    assert np.isfinite(model.rank(first.evidence)).all()
    assert SigningModel(book_weights=BOOK).fit([]).status_ is Status.RANK_ONLY


def test_some_signings_bring_a_scale_and_many_bring_weights():
    some, many = (SigningModel(book_weights=BOOK).fit(history(size)) for size in (90, 400))

    assert 50 <= some.signings_ < 300 <= many.signings_
    assert (some.voice_, many.voice_) == (Voice.SCALED, Voice.FITTED)
    assert many.checks_[Voice.FITTED].brier < many.checks_[Voice.SCALED].brier


def test_learnt_weights_come_true_on_a_team_they_never_saw():
    model = SigningModel(book_weights=BOOK).fit(history(400))
    unseen = history(300, seed=99)

    chance = np.concatenate([model.probability(part.evidence) for part in unseen])
    told = calibration(chance, np.concatenate([part.signed for part in unseen]))

    assert told.error <= 0.03
    assert told.skill > 0.05
    assert told.auc > 0.7


def test_a_past_that_no_longer_holds_is_not_spoken_of_as_a_chance():
    model = SigningModel(book_weights=BOOK).fit(history(400, steady=False))

    assert model.signings_ >= 300
    assert model.status_ is Status.RANK_ONLY
    assert all(check.skill <= 0 or check.error > 0.05 for check in model.checks_.values())
