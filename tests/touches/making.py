"""Customers, people and deals for the tests of the log, and drafts that say only what matters."""

import hashlib
from datetime import UTC, date, datetime

from django.db import connection

from wendu.customers.models import Contact, Customer
from wendu.kernel.names import normalise_name
from wendu.opportunities.models import Opportunity
from wendu.touches.actions import TouchDraft

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
TABLES = (
    "touches_touch",
    "touches_touchcontact",
    "touches_commitment",
    "touches_promise",
    "touches_tail",
    "touches_indicatoranswer",
    "touches_quietperiod",
)
WIDE_TABLES = (
    *TABLES,
    "journal_entry",
    "journal_receipt",
    "opportunities_opportunity",
    "opportunities_closure",
    "search_entry",
)


def customer(owner, name="砚湖轴承", **fields):
    return Customer.objects.create(
        name=name,
        name_key=normalise_name(name),
        owner=owner,
        team=owner.team if owner else None,
        created_at=NOW,
        **fields,
    )


def contact(of, name="何立群", **fields):
    return Contact.objects.create(customer=of, name=name, created_at=NOW, **fields)


def deal(of, title="空压机节能改造", **fields):
    values = {"currency": "CNY", "opened_on": date(2026, 1, 5), "created_at": NOW, "owner": of.owner, **fields}
    return Opportunity.objects.create(customer=of, title=title, **values)


def draft(kind="visit", touched_on=TODAY, **fields):
    return TouchDraft(kind=kind, touched_on=touched_on, **fields)


def fingerprint(tables=TABLES, *, without=()):
    """Hash of every row of these tables: equal before and after when nothing was written."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                kept = [value for name, value in zip(names, row, strict=True) if name not in without]
                digest.update(repr((table, kept)).encode())
    return digest.hexdigest()
