"""What a draft would do: said beforehand, and then exactly that happens."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.world import LIVES, TODAY, World, answers, histories, touch
from tests.factories import make_customer
from tests.laws import examples
from tests.web.shared import taken_back
from wendu.coach.actions import recompute
from wendu.coach.choices import Aspect
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Effect, Preview, Standing
from wendu.coach.preview import ask_preview, counts, effects, foresee_next, foreseen, moves, seen_now
from wendu.customers.actions import delete_customer
from wendu.customers.models import Customer
from wendu.jobs.actions import run_now
from wendu.jobs.models import Job
from wendu.kernel.errors import Denied
from wendu.packs.actions import draft_pack, edit_draft, publish_draft, remove_piece
from wendu.packs.queries import current_playbook, version_name
from wendu.packs.references import PieceInUse
from wendu.playbooks import PlaybookError, dump, parse, shipped
from wendu.playbooks.paths import value_at, with_values
from wendu.touches.actions import answer_indicators
from wendu.web.settings.playbook.layout import form_of

pytestmark = pytest.mark.django_db
STANDARD = dump(shipped())
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "market": st.sampled_from(["b2b", "b2g", "b2c"]),
        "sale_kind": st.sampled_from(["standard", "project", "key_account"]),
        "product_kind": st.sampled_from(["standard", "subscription"]),
        "industry": st.sampled_from(["food", "machinery", "other"]),
        "tier": st.sampled_from(["strategic", "basic"]),
    },
)


def numbers(content, path="") -> list[str]:
    """The places of all numbers the forms of a draft show, as the forms write them."""
    if isinstance(content, dict):
        return [found for name, each in content.items() for found in numbers(each, f"{path}.{name}".lstrip("."))]
    if isinstance(content, list):
        return [found for number, each in enumerate(content) for found in numbers(each, f"{path}[{number}]")]
    return [path] if isinstance(content, int | float) and not isinstance(content, bool) and form_of(path) else []


TELLING = st.fixed_dictionaries(
    {"temperature.strike.cap": st.sampled_from([10.0, 25.0, 29.0])},
    optional={
        "quadrant.high_from": st.sampled_from([20.0, 40.0, 80.0, 100.0]),
        "quadrant.certain_from_answers": st.integers(1, 5),
        "window.classes.A.deadline_months": st.sampled_from([1.0, 2.0, 5.0]),
        "window.days_of_a_month": st.integers(20, 31),
        "factors.market.b2b.rhythm": st.sampled_from([0.5, 2.0]),
        "temperature.kinds.demo.points": st.sampled_from([2.0, 60.0]),
        "temperature.cooling.unclassified.half_life_days": st.sampled_from([2.0, 60.0]),
        "temperature.cooling.A.max_gap_days": st.integers(1, 30),
        "temperature.strike.strike_from": st.sampled_from([30.0, 95.0]),
        "strategy.override_days": st.integers(1, 60),
    },
)
"""Numbers that move many customers; any others come on top."""
PLACES = numbers(STANDARD)
STRETCHED = st.dictionaries(st.sampled_from(PLACES), st.sampled_from([0.0, 0.3, 0.7, 1.4, 3.0]), min_size=1, max_size=8)
NARROW = [play["key"] for play in STANDARD["plays"] if play["when"]["classes"] or play["when"]["markets"]]
PIECES = st.fixed_dictionaries(
    {
        "gone": st.lists(st.sampled_from(NARROW), max_size=3, unique=True),
        "copied": st.lists(st.sampled_from(NARROW), max_size=2, unique=True),
        "trades": st.lists(st.sampled_from(["food", "machinery", "other"]), max_size=1),
    }
)


def stretched(content, wanted) -> dict:
    """The numbers made so many times as large; what would not hold together is left as it is."""
    kept: dict = {}
    for place, times in wanted.items():
        value = value_at(content, place)
        tried = {**kept, place: type(value)(value * times)}
        try:
            parse(with_values(content, tried))
        except PlaybookError:
            continue
        kept = tried
    return kept


def draft_with(cast, values, pieces=None):
    """A draft with other numbers, and plays and trades that came and went."""
    pieces = pieces or {"gone": [], "copied": [], "trades": []}
    draft = draft_pack(base=version_name(current_playbook()), actor=cast.ada, at=MONDAY)
    copies = {key: next(each for each in draft.content["plays"] if each["key"] == key) for key in pieces["copied"]}
    added = {f"plays.own_{key}": {**play, "key": f"own_{key}"} for key, play in copies.items()}
    draft = edit_draft(draft=draft, values=values, added=added, actor=cast.ada, at=MONDAY)
    places = [f"plays.{key}" for key in pieces["gone"]] + [f"factors.industry.{code}" for code in pieces["trades"]]
    for place in places:
        with suppress(PieceInUse):
            draft = remove_piece(draft=draft, place=place, actor=cast.ada, at=MONDAY)
    return draft


def all_keys():
    return list(Customer.objects.order_by("pk").values_list("pk", flat=True))


def said_and_done(cast, values, pieces=None) -> set[Aspect]:
    """Hold what a preview of this draft says against what publishing it does; gives the aspects it moved."""
    keys, draft = all_keys(), draft_with(cast, values, pieces)
    before = seen_now(keys, Frame.on(TODAY))
    said = {(pk, aspect): (old, new) for pk, aspect, old, new in foreseen(keys, parse(draft.content), on=TODAY)}

    publish_draft(draft=draft, actor=cast.ada, at=MONDAY)
    list(recompute(at=MONDAY))

    after = seen_now(keys, Frame.on(TODAY))
    done = {
        (pk, aspect): (before[pk][aspect], after[pk][aspect])
        for pk in keys
        for aspect in Aspect
        if before[pk][aspect] != after[pk][aspect]
    }
    assert said == done
    return {aspect for _pk, aspect in said}


@pytest.mark.parametrize("seeds", range(3))
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lives=st.lists(st.tuples(PROFILES, histories()), min_size=2, max_size=4),
    telling=TELLING,
    wanted=STRETCHED,
    pieces=PIECES,
)
def test_what_was_said_beforehand_is_what_publishing_does(cast, seeds, lives, telling, wanted, pieces):
    with taken_back():
        for profile, life in lives:
            World.of(cast.alice, **profile).live(life)
        said_and_done(cast, {**telling, **stretched(with_values(STANDARD, telling), wanted)}, pieces)


def test_what_was_said_of_every_aspect_is_what_publishing_does(cast):
    for life in (*LIVES, [(1, "heat")]):
        World.of(cast.alice).live(life)
    values = {
        "quadrant.high_from": 20.0,
        "temperature.kinds.demo.points": 2.0,
        "temperature.cooling.unclassified.max_gap_days": 2,
        "temperature.cooling.A.max_gap_days": 2,
    }

    moved = said_and_done(cast, values, {"gone": ["strike_a"], "copied": ["strike_b"], "trades": ["food"]})

    assert moved == set(Aspect)


def hesitant(cast, count=3):
    """Customers who want it a little and need it a little: class C or D by where the line is drawn."""
    found = []
    for _ in range(count):
        customer = make_customer(cast.alice)
        touch(customer, cast.alice, TODAY - timedelta(days=3))
        answer_indicators(customer=customer, answers=answers(1, 1), actor=cast.alice, at=MONDAY)
        found.append(customer)
    return found


def previewed(cast, values):
    preview = ask_preview(draft=draft_with(cast, values), actor=cast.ada, at=MONDAY)
    job = Job.objects.get(kind="coach.preview")
    assert job.state == "queued"
    after = 0
    while ids := foresee_next(preview, after, at=MONDAY, chunk=2):
        after = ids[-1]
    return preview


def test_a_lower_line_moves_customers_into_a_higher_class(cast):
    hesitant(cast)

    preview = previewed(cast, {"quadrant.high_from": 40.0})

    (move,) = [move for move in moves(cast.ada, preview) if move.aspect == Aspect.QUADRANT]
    assert (move.after, move.count) == ("A", 3)
    assert counts(cast.ada, preview)["class"] == 3
    assert {effect.customer.owner for effect in effects(cast.ada, preview, "class")} == {cast.alice}


def test_a_preview_stores_nothing_of_what_it_foresees(cast):
    hesitant(cast)
    before = [list(model.objects.order_by("pk").values()) for model in (Standing, DealStanding)]

    previewed(cast, {"quadrant.high_from": 40.0})

    assert [list(model.objects.order_by("pk").values()) for model in (Standing, DealStanding)] == before


def test_a_draft_that_changes_no_number_changes_nobody(cast):
    hesitant(cast)

    preview = previewed(cast, {"classes.A.motto.zh": "别拖"})

    assert counts(cast.ada, preview) == {}


def test_everybody_is_told_of_their_own_customers_only_and_of_none_that_is_deleted(cast):
    gone, *_kept = hesitant(cast)
    delete_customer(customer=gone, actor=cast.alice, at=MONDAY)

    preview = previewed(cast, {"quadrant.high_from": 40.0})

    assert counts(cast.ada, preview)["class"] == counts(cast.mona, preview)["class"] == 2
    assert counts(cast.charlie, preview) == counts(cast.nora, preview) == {}


def test_the_job_looks_at_everybody(cast):
    hesitant(cast, 5)
    draft = draft_with(cast, {"quadrant.high_from": 40.0})
    preview = Preview.objects.create(pack=draft, revision=draft.revision, asked_at=MONDAY)

    job = run_now("coach.preview", actor=cast.ada, preview=preview.pk)

    preview.refresh_from_db()
    assert (job.state, job.result) == ("done", {"customers": 5})
    assert (preview.customers, preview.done_at is not None) == (5, True)
    assert Effect.objects.filter(aspect="class").count() == 5


def test_a_draft_written_on_meanwhile_is_not_worth_finishing(cast):
    hesitant(cast)
    draft = draft_with(cast, {"quadrant.high_from": 40.0})
    preview = Preview.objects.create(pack=draft, revision=draft.revision, asked_at=MONDAY)
    edit_draft(draft=draft, values={"quadrant.high_from": 50.0}, actor=cast.ada, at=MONDAY)

    run_now("coach.preview", actor=cast.ada, preview=preview.pk)

    preview.refresh_from_db()
    assert preview.done_at is None
    assert not Effect.objects.exists()


@pytest.mark.parametrize("who", ["alice", "charlie", "eve", "mia", "sam"])
def test_who_may_not_write_a_draft_may_not_try_one(cast, who):
    with pytest.raises(Denied):
        ask_preview(draft=draft_with(cast, {"quadrant.high_from": 40.0}), actor=getattr(cast, who), at=MONDAY)
