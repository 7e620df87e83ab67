"""Telling a request back in words that serve the need better, and writing down that they agreed (method: 3.8)."""

from django.utils.translation import gettext_lazy as _

from wendu.discovery.facts import scored_without, version_of
from wendu.discovery.models import TOP_RATING, Criterion, Reconstruction
from wendu.kernel.errors import ActionError
from wendu.method.deals.codes import Gain
from wendu.method.deals.reconstruction import gained, same_need
from wendu.opportunities.actions import FindingKind, declare_kinds
from wendu.packs.queries import current_playbook
from wendu.playbooks import method_scale

HEAVIEST = 5
WORDING = ("requirement", "fit", "brings", "brings_weight", "brings_ours", "brings_rivals", "demand_id")


class NothingToTellBack(ActionError):
    """A request is told back for a need."""

    code = "nothing_to_tell_back"
    field = "demand_id"
    message = _("Write down the need behind this request first: a change is told back for a need.")


class OtherDeal(ActionError):
    """A request of another deal."""

    code = "request_of_another_deal"
    field = "demand_id"
    message = _("This request belongs to another deal. Choose one of this deal.")


class ServesLess(ActionError):
    """Never against the customer (U9)."""

    code = "serves_less"
    field = "fit"
    message = _(
        "This meets their need less than what they asked for (%(before)s before, %(after)s now). "
        "Change it so that it serves them better, or leave their request as it is."
    )


class NothingGained(ActionError):
    """A change for its own sake is none."""

    code = "nothing_gained"
    field = "requirement"
    message = _(
        "Nobody gains by this: it meets the need no better, and does not help our chance. Say how much better it fits, "
        "or which criterion it brings in that we are good at."
    )


class BringsKnown(ActionError):
    """What they decide by already is not brought in."""

    code = "brings_known"
    field = "brings"
    message = _("They decide by “%(name)s” already. Correct it among what they decide by, or bring in another one.")


class SameRequest(ActionError):
    """What was asked for already."""

    code = "same_request"
    field = "requirement"
    message = _("This is what they asked for already. Write how you would put it instead.")


class AgreedInWords(ActionError):
    """An agreement is what they said, on a day."""

    code = "agreed_in_words"
    field = "words"
    message = _("Write how they agreed, in their own words, and on which day; without both it is only proposed.")


class AgreedUnrated(ActionError):
    """Whether it serves them is known before it counts."""

    code = "agreed_unrated"
    field = "fit"
    message = _(
        "Rate first how well the request as asked and as told back meet the need, 0 to 10: "
        "before that nobody can tell whether it serves them."
    )


class AgreedTooEarly(ActionError):
    """Nobody agrees before he is told."""

    code = "agreed_too_early"
    field = "agreed_on"
    message = _("They agreed before it was told back. Correct one of the two days.")


class AgreedWordsStay(ActionError):
    """What they agreed to is not changed behind their back."""

    code = "agreed_words_stay"
    field = "requirement"
    message = _("They agreed to these words. Propose a new version instead; this one stays as it is.")


def _next_version(row: Reconstruction) -> None:
    """The need as it is now, and the next number; the request itself is the first version."""
    if row.demand_id is None:
        raise NothingToTellBack
    row.need = row.demand.need
    latest = row.demand.reconstructions.order_by("-number").values_list("number", flat=True).first()
    row.number = (latest or 1) + 1


def _check(row: Reconstruction) -> None:
    _refuse_nonsense(row)
    _refuse_changed_after_agreement(row)
    if same_need(row.requirement, row.demand.requirement) and not row.brings:
        raise SameRequest
    _refuse_agreement_unheard(row)
    _refuse_no_gain(row)


def _refuse_nonsense(row: Reconstruction) -> None:
    if row.demand.opportunity_id != row.opportunity_id:
        raise OtherDeal
    if not row.need.strip():
        raise NothingToTellBack
    for name in ("fit", "brings_ours"):
        value = getattr(row, name)
        if value is not None and not 0 <= value <= TOP_RATING:
            raise _at(name)
    if any(not 0 <= score <= TOP_RATING for score in row.brings_rivals.values()):
        raise _at("brings_rivals")
    if not 1 <= row.brings_weight <= HEAVIEST:
        raise _at("brings_weight")
    if row.brings and Criterion.objects.standing().filter(opportunity=row.opportunity_id, name=row.brings).exists():
        raise BringsKnown(name=row.brings)


def _refuse_changed_after_agreement(row: Reconstruction) -> None:
    stored = Reconstruction.objects.filter(pk=row.pk, agreed_on__isnull=False).first()
    if stored is None or row.agreed_on is None:
        return
    if any(getattr(stored, name) != getattr(row, name) for name in WORDING):
        raise AgreedWordsStay


def _refuse_agreement_unheard(row: Reconstruction) -> None:
    if bool(row.agreed_on) != bool(row.words):
        raise AgreedInWords
    if row.agreed_on is None:
        return
    if row.agreed_on < row.told_on:
        raise AgreedTooEarly
    if row.fit is None or row.demand.fit is None:
        raise AgreedUnrated


def _refuse_no_gain(row: Reconstruction) -> None:
    scale = method_scale(current_playbook()).deal.demand
    found = gained(version_of(row), row.demand.fit, scored_without(row), scale, no_rival=False)
    if found.gain is Gain.REJECTED:
        raise ServesLess(before=row.demand.fit, after=row.fit)
    if found.gain is Gain.NO_GAIN:
        raise NothingGained


def _at(name: str) -> "OutOfRange":
    refusal = OutOfRange()
    refusal.field = name
    return refusal


class OutOfRange(ActionError):
    """Ratings lie between 0 and 10, a weight between 1 and 5."""

    code = "version_out_of_range"
    message = _("Rate from 0 to 10, and weigh from 1 to 5; leave it empty if you do not know.")


RECONSTRUCTION = FindingKind(
    Reconstruction,
    (
        "demand_id", "requirement", "fit", "brings", "brings_weight", "brings_ours", "brings_rivals", "told_on",
        "agreed_on", "words",
    ),
    _check,
    _next_version,
)  # fmt: skip
declare_kinds(RECONSTRUCTION)
