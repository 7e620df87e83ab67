"""What the bench asks of lists beside their first page: pages far down, and own fields with and without an index."""

from collections.abc import Iterator
from urllib.parse import quote

from django.urls import reverse

from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.orders import value_of
from wendu.desk.table.asked import order_from
from wendu.desk.table.marks import write_mark
from wendu.desk.table.own_indexes import keep_indexes
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.saved_views.actions import save_view
from wendu.saved_views.choices import Place
from wendu.saved_views.models import SavedView

ORDERS = ("heat", "name", "due", "-created")
OWN = {"filtered": "?f=x_air_kw.from:400;x_shift.in:{shift}", "sorted": "?sort=-x_air_kw"}
VIEW = "bench"


def deep_pages() -> Iterator[tuple[str, str]]:
    """Addresses of pages that begin in the middle of everybody."""
    frame = Frame.at(now())
    middle = Standing.objects.count() // 2
    for sort in ORDERS:
        order = order_from(sort)
        rows = Standing.objects.annotate(value=value_of(order, frame)).filter(value__isnull=False)
        value, uuid = rows.order_by("value", "pk").values_list("value", "customer__uuid")[middle // 2]
        mark = quote(write_mark(value, uuid))
        yield f"deep page by {sort}", f"{reverse('customers:list')}?sort={sort}&after={mark}"


def own_fields(boss: User, shift: str) -> Iterator[tuple[str, str]]:
    """Addresses that filter and sort by the firm's own fields, before a view asks for their index and afterwards."""
    SavedView.objects.filter(name=VIEW).delete()
    keep_indexes()
    addresses = {name: reverse("customers:list") + query.format(shift=shift) for name, query in OWN.items()}
    for name, address in addresses.items():
        yield f"own field, {name}", address
    queries = [address.partition("?")[2] for address in addresses.values()]
    save_view(place=Place.CUSTOMERS, name=VIEW, query="&".join(queries), actor=boss, at=now())
    keep_indexes()
    for name, address in addresses.items():
        yield f"own field, {name}, indexed", address
