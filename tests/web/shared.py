"""One company set up once for a whole module; what a test writes is taken back by its own savepoint."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import transaction

from wendu.identity import snapshot

BOOKKEEPING = {"sessions.Session", "axes.AccessAttempt", "axes.AccessLog", "axes.AccessFailureLog"}


@contextmanager
def set_up_once(blocker) -> Iterator[None]:
    """For fixtures of a whole module: what is set up inside stays for its tests and is taken back at the end."""
    with blocker.unblock(), transaction.atomic():
        snapshot.forget()
        yield
        transaction.set_rollback(True)
    snapshot.forget()


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    snapshot.forget()


def rows_hash() -> str:
    """One hash over every row of every table but sessions and sign-in tries."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda each: each._meta.label):
        if model._meta.label not in BOOKKEEPING:
            digest.update(repr((model._meta.label, list(model._base_manager.order_by("pk").values_list()))).encode())
    return digest.hexdigest()
