"""Files sent through the pages, and the machine work on them done here and now."""

from typing import Any

from tests.cast import MONDAY
from wendu.imports.actions import begin_import, keep_file, understand
from wendu.imports.models import Import
from wendu.imports.queries import guess_columns
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job

CUSTOMERS = """客户名称,联系人,手机,行业,市,负责人
桐庐精工有限公司,陈国强,13800138011,制造业,杭州,alice
惠山铸造厂,李文娟,13912345678,制造业,无锡,alice
没有负责人的公司,王磊,13700001111,制造业,杭州,没有这个人
,赵敏,13700002222,,,
"""


def sent(actor: Any, text: str = CUSTOMERS, kind: str = "customers", name: str = "客户.csv", at=MONDAY) -> Import:
    return keep_file(kind=kind, name=name, chunks=[text.encode()], actor=actor, at=at)


def understood(actor: Any, text: str = CUSTOMERS, kind: str = "customers", **wishes: Any) -> Import:
    row = sent(actor, text, kind)
    columns = {int(place): name for place, name in guess_columns(kind, row.header).items()}
    return understand(row=row, columns=columns, on_match=wishes.get("on_match", "update"), actor=actor, at=MONDAY)


def run_jobs() -> list[str]:
    """Do all that was asked for; says how it ended."""
    return [perform(job.pk) for job in Job.objects.open().filter(kind__startswith="imports.")]


def brought_in(actor: Any, text: str = CUSTOMERS, kind: str = "customers", at=MONDAY, **wishes: Any) -> Import:
    row = understood(actor, text, kind, **wishes)
    run_jobs()
    begin_import(row=row, actor=actor, at=at)
    run_jobs()
    row.refresh_from_db()
    return row
