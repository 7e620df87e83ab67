"""The `wendu` command. Django is started by the verbs that need it, so that `wendu --help` answers at once."""

from datetime import datetime
from typing import Annotated, Optional

import typer

from wendu.ops.said import say

app = typer.Typer(
    name="wendu",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="温度 · 有章法的销售 CRM / Wendu, the sales CRM with a method.",
)


@app.command()
def up(
    host: Annotated[str, typer.Option(help="监听的地址 / address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 / port", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="网页进程数 / web processes", min=1, max=64)] = 1,
) -> None:
    """启动网站和后台任务，Ctrl-C 停止。/ Start the site and the job worker; Ctrl-C stops both."""
    from wendu.ops.setup import prepare_site, start_django
    from wendu.ops.up import serve

    start_django()
    prepare_site()
    serve(host=host, port=port, workers=workers)


@app.command()
def demo(
    customers: Annotated[Optional[int], typer.Option(help="客户数 / number of customers", min=20)] = None,  # noqa: UP045
    seed: Annotated[int, typer.Option(help="随机种子 / seed")] = 2026,
    port: Annotated[int, typer.Option(help="端口 / port", min=1, max=65535)] = 8000,
    fresh: Annotated[bool, typer.Option(help="丢掉旧的演示数据重来 / start over")] = False,  # noqa: FBT002
) -> None:
    """载入一家公司两年的演示数据并启动。/ Load a demo company's two years and start."""
    from wendu.ops.demo import run_demo

    run_demo(customers=customers, seed=seed, port=port, fresh=fresh)


@app.command()
def migrate() -> None:
    """升级数据库结构。/ Bring the database up to date."""
    from wendu.ops.setup import prepare_site, start_django

    start_django()
    prepare_site(quiet=False)


@app.command()
def recompute() -> None:
    """按事实重算所有客户的状态。/ Rebuild all standings from the facts."""
    from wendu.ops.setup import start_django

    start_django()
    from wendu.coach.actions import recompute as rebuild
    from wendu.kernel.clock import now

    done = 0
    for done in rebuild(at=now()):  # noqa: B007  the latest count is the result
        pass
    say(f"{done}")


@app.command()
def plan(
    user: Annotated[str, typer.Option(help="登录名或姓名 / login or full name")],
    as_of: Annotated[Optional[datetime], typer.Option(formats=["%Y-%m-%d"], help="哪一天 / which day")] = None,  # noqa: UP045
    capacity: Annotated[Optional[int], typer.Option(help="排几步 / how many steps", min=1, max=200)] = None,  # noqa: UP045
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,  # noqa: FBT002
    lang: Annotated[str, typer.Option(help="zh-hans | en")] = "",
) -> None:
    """今天跟谁、为什么、怎么做、要什么。/ Whom to follow today, why, how, and what to get."""
    from wendu.ops.setup import start_django

    start_django()
    from wendu.ops.plan import print_plan

    print_plan(user, as_of=as_of.date() if as_of else None, capacity=capacity, wants_json=json, lang=lang)


@app.command()
def bench(
    customers: Annotated[int, typer.Option(help="客户数 / number of customers", min=100)] = 200_000,
) -> None:
    """按设计里的预算测速。/ Time the budgets of the design."""
    from wendu.ops.bench import run_bench

    run_bench(customers=customers)


def main() -> None:
    """Entry of the `wendu` command."""
    app()
