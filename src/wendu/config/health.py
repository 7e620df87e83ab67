"""Three questions a machine asks: are you alive, can you serve, and is the machine work done?"""

from datetime import timedelta
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wendu.jobs.queries import worker_seen_at
from wendu.kernel.clock import now

LONGEST_SILENCE = timedelta(minutes=3)


class NotMigrated(RuntimeError):
    """The tables are not as this program wants them."""


@never_cache
@login_not_required
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _well()


@never_cache
@login_not_required
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """The process answers, its database does too, and the tables fit the program.

    The worker is not asked for: a server whose worker rests can serve, and must not be taken out of the row.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        _migrated()
    except DatabaseError:
        return _unwell("database does not answer")
    except NotMigrated:
        return _unwell("tables are not up to date: wendu migrate")
    return _well()


@never_cache
@login_not_required
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The job worker gave a sign of life in the last minutes."""
    try:
        seen = worker_seen_at()
    except DatabaseError:
        return _unwell("database does not answer")
    if seen is None or now() - seen > LONGEST_SILENCE:
        return _unwell("no sign of the job worker")
    return _well()


@cache
def _migrated() -> None:
    """Look once: tables do not go back under a running program, and a refusal is not remembered."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated


def _well() -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def _unwell(why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", status=503, content_type="text/plain")
