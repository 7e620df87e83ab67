"""Once a night all orders are looked at: customers are scored, and a model is fitted and held against the past."""

from importlib import import_module  # of NumPy and SciPy, which no page needs

from wendu.identity.models import Organisation
from wendu.insights.actions import finish_study, next_customers, write_scores
from wendu.insights.bringing import house_of
from wendu.insights.choices import STUDY
from wendu.insights.facts import Ground, holdings
from wendu.insights.queries import latest_study
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now


@job(STUDY, every_minutes=24 * 60, most_seconds=2 * 3600)
def study_all(run: Run) -> dict[str, object]:
    """Score all customers, then learn; stopped on the way, it goes on behind the last customer scored."""
    ground = Ground.on(Organisation.objects.current().today(now()))
    study = latest_study()
    while True:
        with run.batch():
            ids = next_customers(run.cursor.get("after", 0))
            if not ids:
                break
            kept = write_scores(ids, ground, study, run.cursor.get("kept"))
            run.advance(len(ids), cursor={"after": ids[-1], "kept": kept})
    scale, fitting = ground.scale.lifetime, import_module("wendu.insights.fitting")
    rows = import_module("wendu.insights.in_place").day_rows_of_all(ground)
    found = fitting.learnt(rows, on=ground.today, years=scale.years, discount=scale.discount)
    together = fitting.going_together(holdings(upto=ground.today), buyers=found.buyers)
    house = house_of(ground)
    with run.batch():
        finish_study(ground=ground, kept=run.cursor.get("kept", {}), learnt=found, pairs=together, house=house)
    return {"customers": run.progress, "status": found.status, "speaker": found.speaker.value}
