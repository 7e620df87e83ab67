"""Worlds in which something about merges waits to be done."""

from datetime import timedelta

from tests.cast import call_the_cast
from tests.factories import make_customer
from tests.jobs.twice import example
from wendu.kernel.clock import now
from wendu.merges.actions import KEPT_FOR, merge_customers
from wendu.merges.models import Scan


@example("merges.forget_traces")
def one_merge_of_long_ago_and_one_of_now():
    cast, at = call_the_cast(), now()
    for moment in (at - KEPT_FOR - timedelta(days=1), at):
        kept, gone = (make_customer(cast.alice, at=moment) for _ in range(2))
        merge_customers(kept=kept, gone=gone, actor=cast.mona, at=moment)
    return {}


@example("merges.look")
def five_customers_two_of_them_one():
    cast = call_the_cast()
    for name in ("桐溪注塑", "桐溪注塑有限公司", "苏州桐溪注塑", "砚湖轴承", "澜岸重工"):
        make_customer(cast.alice, name)
    return {"scan": Scan.objects.create(actor=cast.ada, begun_at=now()).pk}
