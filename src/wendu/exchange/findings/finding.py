"""Finding what the rows of a table of findings name: the deal, somebody of its customer, a request written down."""

from typing import Any

from django.db.models import Q

from wendu.customers.models import Contact
from wendu.discovery.models import Demand
from wendu.exchange.errors import ContactNotFound, CustomerNotFound, NeedNotFound, NoSuchDeal, SeveralFound
from wendu.exchange.run import Run
from wendu.exchange.sight import seen
from wendu.exchange.values import uuid_from
from wendu.opportunities.models import Influencer, Opportunity


class Finder:
    """Finds what rows name, as far as whoever brings them in may see it; deals are asked for once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._deals: dict[tuple[str, str], Opportunity] = {}

    def sees(self, deal: Opportunity) -> bool:
        """Whether this deal is there for whoever brings the rows in."""
        return bool(self._rows().filter(pk=deal.pk).exists())

    def deal(self, customer: str, named: str) -> Opportunity:
        """Find a deal by our id, its number, or its title - within its customer where one is named."""
        if (customer, named) not in self._deals:
            self._deals[customer, named] = self._deal(customer, named)
        return self._deals[customer, named]

    def _deal(self, customer: str, named: str) -> Opportunity:
        rows = self._rows()
        if customer:
            home = self._run.find_customers([customer]).one(customer, CustomerNotFound, "customer")
            rows = rows.filter(customer_id=home.pk)
        uuid = uuid_from(named)
        sure = Q(uuid=uuid) if uuid else Q(external_id=named)
        found = list(rows.filter(sure)[:2]) or list(rows.filter(title=named)[:2])
        if len(found) > 1:
            raise SeveralFound(value=named[:60]).at("opportunity")
        if not found:
            raise NoSuchDeal(value=named[:60]).at("opportunity")
        return found[0]

    def _rows(self) -> Any:
        return seen(Opportunity.objects, self._run.actor).filter(deleted_at__isnull=True).select_related("customer")

    def person(self, deal: Opportunity, named: str, head: str = "contact") -> int:
        """Find somebody by name or number: who decides first, then the customer's own people, then its group's."""
        home = deal.customer
        near = Q(customer_id=home.pk) | Q(customer_id=home.parent_id) | Q(customer__parent_id=home.pk)
        is_meant = Q(name__iexact=named) | Q(external_id=named)
        people = Contact.objects.filter(near, is_meant, deleted_at__isnull=True)
        rows = list(people.order_by("pk").values_list("pk", "customer_id"))
        deciding = set(Influencer.objects.filter(opportunity=deal).values_list("contact_id", flat=True))
        for some in (
            [pk for pk, _home in rows if pk in deciding],
            [pk for pk, at in rows if at == home.pk],
            [pk for pk, _home in rows],
        ):
            if len(some) > 1:
                raise SeveralFound(value=named[:60]).at(head)
            if some:
                return int(some[0])
        raise ContactNotFound(value=named[:60], customer=home.name).at(head)

    def need(self, deal: Opportunity, named: str, contact_id: int | None) -> int:
        """Find a request of the deal by its words or our id; the person's own one where several ask the same."""
        uuid = uuid_from(named)
        is_meant = Q(uuid=uuid) if uuid else Q(requirement=named)
        rows = Demand.objects.standing().filter(is_meant, opportunity=deal)
        found = list(rows.order_by("pk").values_list("pk", "contact_id"))
        theirs = [pk for pk, of in found if of == contact_id] or [pk for pk, _of in found]
        if len(theirs) > 1:
            raise SeveralFound(value=named[:60]).at("demand")
        if not theirs:
            raise NeedNotFound(value=named[:60]).at("demand")
        return int(theirs[0])
