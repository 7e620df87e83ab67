"""What the bench does: the pages and actions of a working day, in one process, with debugging off."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from time import perf_counter, process_time

from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from wendu.coach.actions import judge_many, recompute
from wendu.coach.frame import Frame
from wendu.customers.models import ContactPoint, Customer, CustomField
from wendu.identity.actions import edit_organisation
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.ops.bench_bringing import bring_files
from wendu.ops.bench_crowd import crowds
from wendu.ops.bench_deal import the_big_deal
from wendu.ops.bench_figures import BASE, LONG_HISTORY, RECOMPUTED, Figure, measure
from wendu.ops.bench_lists import deep_pages, own_fields
from wendu.ops.bench_taking import take_out
from wendu.ops.simulator.sheets import Sheet, settle_sequences
from wendu.touches.actions import TouchDraft, log_touch
from wendu.touches.models import Touch

PAGE, SEARCH, LOG = "cpu p50 ≤ 30, p95 ≤ 100 ms", "p95 ≤ 50 ms", "p50 ≤ 25 ms"
DEAL = "cpu p50 ≤ 50, p95 ≤ 150 ms"
LONG_ONE = "D0000001"
THREE_FILTERS = "?f=class.in:A,B;latest.over:14;market.in:b2b&sort=due"


class NotThereYet(LookupError):
    """The page has no address yet."""


def figures() -> list[Figure]:
    """Measure everything there is, one after the other."""
    people = {name: User.objects.get(username=name) for name in ("rep", "manager", "boss")}
    edit_organisation(asks_a_minute=0, jobs_a_minute=0, actor=None, at=now())  # a bench is faster than any person
    return [
        *_lists(people),
        *_beside_lists(people),
        *_days(people["rep"]),
        *_days(_usual_rep()),
        *_pages(people["rep"]),
        *_deal_rooms(people["rep"]),
        *_team_pages(people),
        *_searches(people),
        *_logging(people["rep"]),
        _recompute(),
        *crowds(people["manager"]),
        *take_out(people["boss"]),
        *bring_files(),
    ]


def _lists(people: dict[str, User]) -> Iterator[Figure]:
    for name, user in people.items():
        yield _page(f"list by temperature, {name}", user, lambda: reverse("customers:list") + "?sort=heat")
    yield _page("list by due day, manager", people["manager"], lambda: reverse("customers:list") + "?sort=due")


def _beside_lists(people: dict[str, User]) -> Iterator[Figure]:
    shift = next(option["code"] for option in CustomField.objects.get(code="shift").options)
    for name, address in deep_pages():
        yield _page(f"{name}, boss", people["boss"], partial(str, address))
    for name, address in own_fields(people["boss"], shift):
        for who in ("rep", "manager", "boss"):
            yield _page(f"{name}, {who}", people[who], partial(str, address))


def _usual_rep() -> User:
    """The rep in the middle by customers; the one who logs in to the demo has one of the largest books there are."""
    owned = Customer.objects.filter(deleted_at__isnull=True, owner__role=Role.REP, owner__is_active=True)
    books = list(owned.order_by().values_list("owner").annotate(many=Count("pk")).order_by("many", "owner"))
    return User.objects.get(pk=books[len(books) // 2][0])


def _days(rep: User) -> Iterator[Figure]:
    """What a rep opens every morning; the larger the book, the more there is to choose from."""
    book = f"{Customer.objects.filter(owner=rep, deleted_at__isnull=True).count():,} customers"
    yield _page(f"today page, {book}", rep, lambda: reverse("today:today"))
    for length in ("week", "month"):
        yield _page(f"calendar, {length}, {book}", rep, _calendar(length))


def _pages(rep: User) -> Iterator[Figure]:
    own = Customer.objects.filter(owner=rep, deleted_at__isnull=True).order_by("pk").first()
    if own is not None:
        yield _page("customer page", rep, lambda: reverse("customers:page", args=[own.uuid]))


def _deal_rooms(rep: User) -> Iterator[Figure]:
    deal = the_big_deal(rep, now())
    yield _page("deal room, 30 people", rep, lambda: reverse("opportunities:page", args=[deal.uuid]), budget=DEAL)
    yield _page("what was said about it", rep, lambda: reverse("opportunities:touches", args=[deal.uuid]), budget=DEAL)


def _team_pages(people: dict[str, User]) -> Iterator[Figure]:
    for who in ("rep", "manager", "boss"):
        yield _page(f"quadrant board, {who}", people[who], lambda: reverse("quadrants:board"))
    yield _page("time on the board, manager", people["manager"], lambda: reverse("quadrants:time"))
    for length in ("week", "month"):
        yield _page(f"calendar, {length}, manager", people["manager"], _calendar(length, of=people["manager"]))
    yield _page("calendar, a team's week, manager", people["manager"], _calendar("week"))
    for who in ("rep", "manager", "boss"):
        yield _page(f"list of opportunities, {who}", people[who], lambda: reverse("opportunities:list"))
    yield _page("manager's board", people["manager"], lambda: reverse("team:board"))
    for by in ("class", "owner", "stage"):
        yield _page(f"list, grouped by {by}, manager", people["manager"], _grouped(by))
    yield _page("list, three filters, manager", people["manager"], lambda: reverse("customers:list") + THREE_FILTERS)


def _grouped(by: str) -> Callable[[], str]:
    return lambda: f"{reverse('customers:list')}?by={by}"


def _calendar(length: str, of: User | None = None) -> Callable[[], str]:
    return lambda: f"{reverse('calendar:page')}?by={length}" + (f"&owner={of.uuid}" if of else "")


def _searches(people: dict[str, User]) -> Iterator[Figure]:
    point = ContactPoint.objects.filter(customer__owner=people["rep"]).order_by("pk").first()
    tail = point.value[-4:] if point else "1234"
    for name, words in (("1 sign", "砚"), ("2 signs", "砚湖"), ("initials", "yhzc"), ("phone tail", tail)):
        for who in ("rep", "boss"):
            yield _page(f"search {name}, {who}", people[who], _search(words), budget=SEARCH)


def _search(words: str) -> Callable[[], str]:
    return lambda: f"{reverse('search:find')}?q={words}"


def _logging(rep: User) -> Iterator[Figure]:
    rows = Customer.objects.filter(owner=rep, pk__lte=BASE, deleted_at__isnull=True).exclude(external_id=LONG_ONE)
    customers = list(rows.order_by("pk")[:60])
    yield measure("log a touch, committed", LOG, lambda number: _log(customers[number % len(customers)], rep))
    long_one = _with_long_history(rep)
    name = f"log a touch after {Touch.objects.filter(customer=long_one).count():,}"
    yield measure(name, LOG, lambda _number: _log(long_one, rep))


def _log(customer: Customer, rep: User) -> None:
    at = now()
    draft = TouchDraft(kind="phone", touched_on=Frame.at(at).today, note="问了近况，设备正常。")
    log_touch(customer=customer, actor=rep, at=at, draft=draft)


def _with_long_history(rep: User) -> Customer:
    """A customer somebody has talked to for years."""
    customer = Customer.objects.filter(owner=rep).get(external_id=LONG_ONE)
    held, at = Touch.objects.filter(customer=customer).count(), now()
    if held < LONG_HISTORY:
        today, sheet = Frame.at(at).today, Sheet(Touch)
        for number in range(LONG_HISTORY - held):
            sheet.add(
                customer_id=customer.pk,
                author_id=rep.pk,
                kind="message",
                touched_on=today - timedelta(days=3 + number // 2),
                note="近况",
                logged_at=at,
            )
        with transaction.atomic():
            sheet.write()
        settle_sequences([Touch])
        judge_many([customer.pk], frame=Frame.at(at), at=at)
    return customer


def _recompute() -> Figure:
    ids = list(Customer.objects.filter(pk__lte=BASE).order_by("pk").values_list("pk", flat=True)[:RECOMPUTED])
    began, spent = perf_counter(), process_time()
    for _done in recompute(at=now(), customer_ids=ids):
        pass
    wall, cpu = perf_counter() - began, process_time() - spent
    rate = f"{len(ids) / cpu:,.0f} customers/s of CPU, {len(ids) / wall:,.0f}/s of wall"
    return Figure("full recompute", "≥ 10,000 customers/s per core:", note=rate)


def _page(name: str, user: User, address: Callable[[], str], *, budget: str = PAGE) -> Figure:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    try:
        path = address()
        resolve(path.partition("?")[0])
    except (NoReverseMatch, Resolver404):
        return Figure(name, budget, note="(not there yet)")

    def open_it(_number: int) -> None:
        answer = client.get(path)
        if answer.status_code != 200:  # noqa: PLR2004  the page itself, no detour
            raise NotThereYet(f"{path}: {answer.status_code}")

    connection.ensure_connection()
    return measure(name, budget, open_it)
