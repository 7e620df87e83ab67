"""`wendu doctor`: what must be well for Wendu to work, one line each, and how to mend what is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.backups.queries import health_at
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Standing
from wendu.customers.models import Customer
from wendu.identity.choices import Role
from wendu.identity.models import Holiday, Organisation, User
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.kernel.entity import kind_of
from wendu.kernel.errors import ActionError
from wendu.ops.backup import try_out
from wendu.ops.said import say
from wendu.packs.queries import current_playbook, version_name
from wendu.search.models import Entry

SAMPLE = 200
LONGEST_WAIT = timedelta(minutes=5)
UNWELL = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, what was seen, and how to mend it."""

    what: str
    is_well: bool
    seen: str
    mend: str = ""


def examine(*, backup: str = "") -> None:
    """Look at everything and end with an exit code that a machine can read; a backup is tried out if one is named."""
    findings = [_tried(backup)] if backup else list(find())
    for finding in findings:
        mark = _("ok") if finding.is_well else _("not ok")
        say(f"{mark:<8} {finding.what}: {finding.seen}" + ("" if finding.is_well else f" → {finding.mend}"))
    if not all(finding.is_well for finding in findings):
        raise SystemExit(UNWELL)


def find() -> Iterator[Finding]:
    """Look from the ground up; without a database or its tables the rest cannot be looked at."""
    for look in (_database, _migrations):
        finding = look()
        yield finding
        if not finding.is_well:
            return
    looks: tuple[Callable[[], Finding], ...] = (_admin, _playbook, _holidays, _worker, _backups, _standings, _index)
    for look in looks:
        yield look()


def _database() -> Finding:
    mend = _("Check DATABASE_URL and WENDU_DATA_DIR, and that the server runs and the folder can be written.")
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)" if connection.vendor == "sqlite" else "SELECT version()")
            answer = str(cursor.fetchone()[0])
    except DatabaseError as wrong:
        return Finding(_("Database"), False, str(wrong).strip()[:200], mend)
    is_well = connection.vendor != "sqlite" or answer == "ok"
    place = str(connection.settings_dict["NAME"])
    return Finding(_("Database"), is_well, f"{connection.vendor} {place}" if is_well else answer, mend)


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    seen = (
        ngettext("%(count)s step missing", "%(count)s steps missing", len(missing)) % {"count": len(missing)}
        if missing
        else _("up to date")
    )
    return Finding(_("Tables"), not missing, seen, _("Run `wendu migrate`."))


def _admin() -> Finding:
    count = User.objects.active().filter(role=Role.ADMIN).count()
    return Finding(_("Administrators"), count > 0, str(count), _("Run `wendu user add LOGIN --role admin --password`."))


def _playbook() -> Finding:
    try:
        seen = version_name(current_playbook())
    except Exception as wrong:  # noqa: BLE001  whatever is wrong with a pack, the doctor goes on
        return Finding(_("Playbook"), False, str(wrong)[:200], _("Publish a valid playbook again."))
    return Finding(_("Playbook"), True, seen)


def _holidays() -> Finding:
    organisation = Organisation.objects.current()
    year = organisation.today(now()).year
    count = Holiday.objects.filter(day__year=year).count()
    seen = ngettext("%(count)s day off in %(year)s", "%(count)s days off in %(year)s", count) % {
        "count": count,
        "year": year,
    }
    is_well = count > 0 or not organisation.calendar_code
    return Finding(_("Holidays"), is_well, seen, _("Run `wendu migrate`: it loads the days off of this year."))


def _worker() -> Finding:
    late = Job.objects.filter(state=JobState.QUEUED, created_at__lt=now() - LONGEST_WAIT).count()
    latest = Job.objects.filter(ended_at__isnull=False).order_by("-ended_at").first()
    done = latest.ended_at.isoformat(" ", "seconds") if latest and latest.ended_at else _("none yet")
    seen = _("%(late)s jobs wait too long; latest job done: %(done)s") % {"late": late, "done": done}
    return Finding(_("Job worker"), late == 0, seen, _("Start it with `wendu up`."))


def _backups() -> Finding:
    health = health_at(now())
    latest = health.latest_at.isoformat(" ", "seconds") if health.latest_at else _("none yet")
    seen = _("latest backup: %(latest)s") % {"latest": latest}
    if health.failure:
        seen += _("; the latest try failed: %(why)s") % {"why": health.failure}
    return Finding(_("Backups"), health.is_well, seen, _("Run `wendu backup` and see what it says."))


def _tried(backup: str) -> Finding:
    mend = _("Take another backup, and make a new one with `wendu backup`.")
    try:
        return Finding(_("Backup"), True, try_out(backup))
    except ActionError as wrong:
        return Finding(_("Backup"), False, wrong.text(), mend)


def _standings() -> Finding:
    """Judge a sample anew inside a transaction that is taken back: what is kept must be what the facts say."""
    mend = _("Run `wendu recompute`.")
    missing = Customer.objects.filter(standing__isnull=True).count()
    if missing:
        return Finding(_("Standings"), False, _("%(count)s missing") % {"count": missing}, mend)
    ids = list(Customer.objects.order_by("?").values_list("pk", flat=True)[:SAMPLE])
    at = now()
    with transaction.atomic():
        kept = _rows(ids)
        judge_many(ids, frame=Frame.at(at), at=at)
        anew = _rows(ids)
        transaction.set_rollback(True)
    differing = sum(kept.get(key) != value for key, value in anew.items()) + len(kept.keys() - anew.keys())
    seen = _("%(wrong)s of %(count)s differ from the facts") % {"wrong": differing, "count": len(ids)}
    return Finding(_("Standings"), not differing, seen, mend)


def _rows(ids: list[int]) -> dict[tuple[str, int], tuple[object, ...]]:
    """The kept rows of some customers; the version of the playbook that judged is no part of the judgement."""
    columns, deal_columns = _judged_columns(Standing), _judged_columns(DealStanding)
    found: dict[tuple[str, int], tuple[object, ...]] = {
        ("customer", pk): row
        for pk, *rest in Standing.objects.filter(pk__in=ids).values_list("pk", *columns)
        for row in (tuple(rest),)
    }
    rows = DealStanding.objects.filter(customer_id__in=ids).values_list("pk", *deal_columns)
    return found | {("deal", pk): tuple(rest) for pk, *rest in rows}


def _judged_columns(model: type[Model]) -> list[str]:
    names = (field.attname for field in model._meta.concrete_fields if not field.primary_key)
    return [name for name in names if name != "pack_version"]


def _index() -> Finding:
    standing = Customer.objects.filter(bucket_of__isnull=True)
    indexed = Entry.objects.filter(kind=kind_of(Customer)).values("object_id")
    missing = standing.exclude(pk__in=indexed).count()
    seen = ngettext("%(count)s customer cannot be found", "%(count)s customers cannot be found", missing) % {
        "count": missing
    }
    return Finding(_("Search"), missing == 0, seen, _("Run `wendu recompute --search`."))
