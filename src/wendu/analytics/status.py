"""How far a fitted model may be believed: a word in place of an exception."""

from enum import StrEnum


class Status(StrEnum):
    """What became of a fit; its numbers are finite in every case, but only `ok` speaks for itself."""

    OK = "ok"
    NO_DATA = "no_data"  # nobody to learn from: the parameters are where the search would have begun
    TOO_LITTLE_DATA = "too_little_data"  # the prior speaks as loudly as the customers
    NO_DROPOUT_IDENTIFIABLE = "no_dropout_identifiable"  # nobody seems to leave: trust rates and pauses, not P(alive)
    NO_FINITE_MEAN = "no_finite_mean"  # spending too spread out for a mean of the population
    NO_VARIATION = "no_variation"  # everybody did, or nobody did: nothing to tell apart
    RANK_ONLY = "rank_only"  # good for an order, not for a probability
    NOT_CONVERGED = "not_converged"
