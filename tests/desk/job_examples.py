"""A world in which a saved view wants an index."""

from tests.cast import MONDAY, call_the_cast
from tests.jobs.twice import example
from wendu.customers.actions import define_field
from wendu.customers.choices import FieldType
from wendu.desk.jobs import INDEX
from wendu.desk.table.own_indexes import keep_indexes
from wendu.jobs.models import Job
from wendu.saved_views.actions import save_view
from wendu.saved_views.choices import Place


@example(INDEX)
def a_view_by_a_field_of_the_firm():
    cast = call_the_cast()
    keep_indexes()
    define_field(code="size", label_zh="大小", label_en="Size", type=FieldType.NUMBER, actor=cast.ada, at=MONDAY)
    save_view(place=Place.CUSTOMERS, name="大的", query="sort=-x_size", actor=cast.alice, at=MONDAY)
    Job.objects.all().delete()
    return {}
