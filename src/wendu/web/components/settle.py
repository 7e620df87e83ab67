"""What is owed and agreed, beside the list of Today: a row each, with the button that settles it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

from wendu.desk.today_aside import ToSettle
from wendu.web.fragments import KEY_FIELD, new_key
from wendu.web.shell import address

from .icons import icon
from .markup import NOTHING, escaped, format_html


def settle_rows(rows: Iterable[ToSettle], *, token: str, settles: bool) -> SafeString:
    """Draw the rows; `settles` puts the button behind each, whose form carries the token."""
    return SafeString("\n".join([_row(row, token, settles=settles) for row in rows]))


def _row(row: ToSettle, token: str, *, settles: bool) -> str:
    ours = row.kind == "promise"
    whose = pgettext("who owes", "We") if ours else pgettext("who owes", "They")
    contact = f" · {escaped(row.contact)}" if row.contact else ""
    is_late, when = row.days_late > 0, escaped(row.when)
    if is_late:
        when = ngettext("%(n)s day late", "%(n)s days late", row.days_late) % {"n": row.days_late}
    return (
        f'<li class="two">{icon("arrow-up-right" if ours else "corner-up-left")}'
        f'<span class="ellip" title="{escaped(row.what)}">{escaped(row.what)}</span>'
        f'<span class="r{" late" if is_late else ""}">{when}</span>'
        f'<span class="m ellip">{whose} · <a href="{address("customers:page", uuid=row.customer_uuid)}">'
        f"{escaped(row.customer)}</a>{contact}</span>{_form(row, token) if settles else NOTHING}</li>"
    )


def _form(row: ToSettle, token: str) -> SafeString:
    ours = row.kind == "promise"
    action = address("touches:promise_settlement" if ours else "touches:commitment_settlement", uuid=row.uuid)
    return format_html(
        '<form method="post" action="{0}" hx-post="{0}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{1}"><input type="hidden" name="{2}" value="{3}">'
        '<input type="hidden" name="next" value="{4}"><button type="submit" class="link f1">{5}</button></form>',
        action,
        token,
        KEY_FIELD,
        new_key(),
        reverse("today:today"),
        pgettext("button", "Kept") if ours else pgettext("button", "Done"),
    )
