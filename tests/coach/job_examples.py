"""A world in which standings are missing."""

from tests.cast import MONDAY, call_the_cast
from tests.coach.test_preview import draft_with, hesitant
from tests.factories.customers import make_customers
from tests.jobs.twice import example
from wendu.coach.models import Preview


@example("coach.recompute")
def customers_without_standings():
    make_customers(call_the_cast().alice, 5)
    return {}


@example("coach.preview")
def a_draft_that_would_move_customers():
    cast = call_the_cast()
    hesitant(cast)
    draft = draft_with(cast, {"quadrant.high_from": 20.0})
    return {"preview": Preview.objects.create(pack=draft, revision=draft.revision, asked_at=MONDAY).pk}
