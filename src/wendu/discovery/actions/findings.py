"""The kinds of findings of this room, and what each demands of whoever writes one down (method: 3.6, 3.8, 3.10)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wendu.discovery.choices import NeedKind
from wendu.discovery.models import COMPANY_RATINGS, RATINGS, TOP_RATING, Criterion, Demand, Effect, TrustRating
from wendu.kernel.errors import ActionError
from wendu.method.deals.reconstruction import same_need
from wendu.opportunities.actions import FindingKind, declare_kinds

HEAVIEST = 5


class WordsNeeded(ActionError):
    """That somebody wants something solved is proven by what he said."""

    code = "words_needed"
    field = "quote"
    message = _("Write what the person said, in their own words; without it the need is only our guess.")


class NeedUnnamed(ActionError):
    """Nobody can confirm a need that is not written down."""

    code = "need_unnamed"
    field = "need"
    message = _("Write the need the person confirmed before giving the day.")


class BadRating(ActionError):
    """A rating lies between 0 and 10."""

    code = "bad_rating"
    message = _("Rate from 0 to 10, where 5 is neutral; leave it empty if you do not know.")


class NothingRated(ActionError):
    """A rating rates something."""

    code = "nothing_rated"
    field = "credibility"
    message = _("Rate at least one of the eight.")


class BadCriterionWeight(ActionError):
    """A criterion weighs one to five."""

    code = "bad_criterion_weight"
    field = "weight"
    message = _("The weight is a number from 1 to 5. Enter one of them.")


def _check_demand(row: Demand) -> None:
    _rated(row, "fit")
    if row.kind == NeedKind.EXPLICIT and not row.quote:
        raise WordsNeeded
    if row.confirmed_on is not None and not row.need:
        raise NeedUnnamed


def _confirmed_anew(row: Demand, values: Mapping[str, object]) -> Mapping[str, object]:
    """They confirmed the need as it was worded then: another one is not confirmed until they say so again."""
    need = str(values.get("need", row.need))
    is_said = values.get("confirmed_on", row.confirmed_on) != row.confirmed_on
    if row.confirmed_on is None or is_said or same_need(need, row.need):
        return {}
    return {"confirmed_on": None}


def _check_criterion(row: Criterion) -> None:
    _rated(row, "ours")
    if not 1 <= row.weight <= HEAVIEST:
        raise BadCriterionWeight
    if any(not 0 <= score <= TOP_RATING for score in row.rivals.values()):
        raise _refused("rivals")


def _check_rating(row: TrustRating) -> None:
    names = (*RATINGS, *COMPANY_RATINGS)
    _rated(row, *names)
    if all(getattr(row, name) is None for name in names):
        raise NothingRated


def _rated(row: object, *names: str) -> None:
    for name in names:
        value = getattr(row, name)
        if value is not None and not 0 <= value <= TOP_RATING:
            raise _refused(name)


def _refused(name: str) -> BadRating:
    refusal = BadRating()
    refusal.field = name
    return refusal


DEMAND = FindingKind(
    Demand,
    (
        "contact_id", "requirement", "topic", "is_must", "need", "kind", "quote", "motive", "motive_kind", "who",
        "when", "how_much", "why", "by_what_standard", "confirmed_on", "is_guided", "fit", "is_best_for_them",
        "capability",
    ),
    _check_demand,
    follow=_confirmed_anew,
)  # fmt: skip
CRITERION = FindingKind(Criterion, ("name", "weight", "ours", "rivals"), _check_criterion)
EFFECT = FindingKind(Effect, ("people", "fact", "problem", "solution", "earn_minor", "save_minor"))
TRUST_RATING = FindingKind(
    TrustRating, ("contact_id", "rated_on", *RATINGS, *COMPANY_RATINGS, "evidence"), _check_rating
)
declare_kinds(DEMAND)
declare_kinds(CRITERION)
declare_kinds(EFFECT)
declare_kinds(TRUST_RATING)
