"""Sentences of what a customer is worth: what a year brings, how many stay, what is talked about."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wendu.desk.degrees import counted, whole
from wendu.kernel.money import format_money

Numbers = Mapping[str, Any]


def _money(n: Numbers) -> str:
    return format_money(int(n.get("minor") or 0), str(n.get("currency") or "CNY"), get_language() or "")


def _late_money(n: Numbers) -> str:
    days = counted(n, "days")
    shape = ngettext("%(amount)s is %(n)s day late", "%(amount)s is %(n)s days late", days)
    return shape % {"amount": _money(n), "n": days}


def _renewal(n: Numbers) -> str:
    left = int(n.get("left") or 0)
    if left == 0:
        shape = _("%(item)s ends today")
    elif left > 0:
        shape = ngettext("%(item)s ends in %(n)s day", "%(item)s ends in %(n)s days", left)
    else:
        shape = ngettext("%(item)s ended %(n)s day ago", "%(item)s ended %(n)s days ago", -left)
    return shape % {"item": n.get("item") or "", "n": abs(left)}


def _years(value: object) -> str:
    return f"{Decimal(str(value or 0)).quantize(Decimal('0.1')):f}".rstrip("0").rstrip(".")


def _orders(n: Numbers) -> str:
    days = counted(n, "orders")
    return ngettext("Ordered on %(n)s day", "Ordered on %(n)s days", days) % {"n": days}


def _yearly(n: Numbers) -> str:
    amount = format_money(int(n.get("minor") or 0), str(n.get("currency") or "CNY"), get_language() or "", short=True)
    return _("A year brings %(amount)s, the mean of the latest %(years)s years") % {
        "amount": amount,
        "years": _years(n.get("years")),
    }


def _kept(n: Numbers) -> str:
    shape = (
        _("%(share)s%% stay a year on, of %(of)s customers of this market; so %(times)s years of %(years)s count")
        if n.get("source") == "segment"
        else _("%(share)s%% stay a year on, of all %(of)s customers; so %(times)s years of %(years)s count")
    )
    share = 100 * float(n.get("share") or 0)
    times = f"{float(n.get('times') or 0):.2f}"
    return shape % {"share": whole(share), "of": counted(n, "of"), "times": times, "years": counted(n, "years")}


def _too_few(n: Numbers) -> str:
    return _("Only %(of)s customers were there a year ago; a share is named from %(least)s on") % {
        "of": counted(n, "of"),
        "least": counted(n, "least"),
    }


def _sales(n: Numbers) -> str:
    deals = counted(n, "deals")
    return ngettext(
        "%(n)s open deal, counted by the chance of its class",
        "%(n)s open deals, counted by the chance of their class",
        deals,
    ) % {"n": deals}


def _referrals(n: Numbers) -> str:
    shape = _(
        "They bring %(people)s customers a year; of the %(of)s brought to us so far %(share)s%% bought, "
        "for %(first)s in the first year. A rough estimate: whoever brought others may stop"
    )
    return shape % {
        "people": _years(n.get("people")),
        "of": counted(n, "of"),
        "share": whole(100 * float(n.get("share") or 0)),
        "first": format_money(
            int(n.get("minor") or 0), str(n.get("currency") or "CNY"), get_language() or "", short=True
        ),
    }


def _few_referrals(n: Numbers) -> str:
    shape = _(
        "They bring %(people)s customers a year; too few were brought to us so far (%(of)s) to say what that is worth"
    )
    return shape % {"people": _years(n.get("people")), "of": counted(n, "of")}


def _two_steps(n: Numbers) -> str:
    need = _("A new need shows") if n.get("need") else _("No new need shows")
    problems = counted(n, "problems")
    left = ngettext("%(n)s problem left open", "%(n)s problems left open", problems) % {"n": problems}
    content = n.get("satisfaction")
    known = _("not known how content") if content is None else _("%(n)s%% content") % {"n": whole(content)}
    return f"{need} · {left} · {known}"


def _problem(n: Numbers) -> str:
    problems = counted(n, "problems")
    shape = ngettext(
        "%(n)s problem is left open: solve it first", "%(n)s problems are left open: solve them first", problems
    )
    return shape % {"n": problems}


def _not_content(n: Numbers) -> str:
    return _("They are %(n)s%% content, not 100: mend what is missing first") % {
        "n": whole(float(n.get("satisfaction") or 0))
    }


VALUE: dict[str, Callable[[Numbers], str]] = {
    "two_steps": _two_steps,
    "satisfaction": lambda n: _("%(n)s%% of what they counted on") % {"n": whole(n.get("percent"))},
    "payment_overdue": _late_money,
    "renewal_due": _renewal,
    "contract_ending": _renewal,
    "why_unknown": lambda n: (
        ngettext(
            "Nobody wrote down why they ordered %(n)s day ago",
            "Nobody wrote down why they ordered %(n)s days ago",
            counted(n, "days"),
        )
        % {"n": counted(n, "days")}
    ),
    "worth_orders": _orders,
    "worth_yearly": _yearly,
    "worth_kept": _kept,
    "worth_kept_too_few": _too_few,
    "worth_foreseen": lambda n: (
        ngettext(
            "What goes on in the next %(n)s year is the model's: it did better on your past than the rule",
            "What goes on in the next %(n)s years is the model's: it did better on your past than the rule",
            counted(n, "years"),
        )
        % {"n": counted(n, "years")}
    ),
    "worth_gone": lambda _n: _("They have gone: nothing goes on by itself"),
    "worth_asleep": lambda _n: _("They sleep: what goes on holds only if they wake up"),
    "worth_sales": _sales,
    "worth_referrals": _referrals,
    "worth_referrals_few": _few_referrals,
    "worth_brought_nobody": lambda _n: _("They brought nobody lately, as far as it is written down"),
    "referral_refused": lambda _n: _("Everybody we know there wants no messages"),
    "referral_no_order": lambda _n: _("They ordered nothing yet, so they have nothing to tell of"),
    "referral_away": lambda _n: _("They are asleep or gone: win them back first"),
    "referral_problem": _problem,
    "referral_not_content": _not_content,
    "referral_public": lambda _n: _("A public body recommends no supplier: ask for leave to name it as a case instead"),
    "referral_content_unknown": lambda _n: _(
        "Not known how content they are: ask how the last one went, and nothing else"
    ),
    "referral_content": lambda n: _("They are %(n)s%% content") % {"n": whole(float(n.get("satisfaction") or 0))},
    "need_unmet": lambda _n: _("What they have cannot do it"),
    "need_better": lambda n: (
        _("A solution meets it at %(then)s of 10 instead of %(now)s")
        % {"then": counted(n, "then"), "now": counted(n, "now")}
    ),
    "worth_records": lambda n: _("%(n)s records about them") % {"n": counted(n, "records")},
}
