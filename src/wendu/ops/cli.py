"""The `wendu` command. Django is started by the verbs that need it, so that `wendu --help` answers at once."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from typer.core import TyperGroup

from wendu.ops.refusals import explained
from wendu.ops.said import USAGE, fail, hint
from wendu.ops.users_cli import users

INTERRUPTED = 130


class Bilingual(TyperGroup):
    """Says in both languages what was typed wrong, and how to mend what stopped a command."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command; a word it does not know ends it with exit code 2."""
        if not kwargs.pop("standalone_mode", True):
            return super().main(*args, **{**kwargs, "standalone_mode": False})
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except typer.Abort:
            sys.exit(INTERRUPTED)
        except Exception as wrong:
            if (known := explained(wrong)) is not None:
                fail(known[0], code=known[1])
            tell = getattr(wrong, "format_message", None)
            if tell is None:
                raise
            if tell():
                hint(f"命令写得不对：/ The command is not right: {tell()}")
            hint("看用法：/ For help: wendu --help")
            sys.exit(getattr(wrong, "exit_code", USAGE))
        sys.exit(code if isinstance(code, int) else 0)


app = typer.Typer(
    name="wendu",
    cls=Bilingual,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="温度 · 有章法的销售 CRM / Wendu, the sales CRM with a method.",
)
app.add_typer(users, name="user")

KindOrNone = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--kind", help="users | customers | contacts | touches | opportunities"),
]
Whole = Annotated[bool, typer.Option("--all", help="整个账户，一个 zip / the whole account, one zip")]
Login = Annotated[str, typer.Option("--as", help="以谁的权限 / with whose rights (default: the first administrator)")]


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


@app.command(name="import")
def import_(  # noqa: PLR0917  the command line passes them by name
    file: Annotated[Path, typer.Argument(help="CSV、TSV、XLSX、XLS 或 ODS / CSV, TSV, XLSX, XLS or ODS")],
    kind: KindOrNone = None,
    map_file: Annotated[Optional[Path], typer.Option("--map", help="列对照文件 / map file (YAML)")] = None,  # noqa: UP045
    template: Annotated[str, typer.Option(help="存好的列对照模板 / a saved template of columns")] = "",
    on_match: Annotated[
        str, typer.Option(help="已有的：update 更新，fill 只补空格，skip 不动 / rows already known (default: update)")
    ] = "",
    report: Annotated[Optional[Path], typer.Option(help="报告写到 / report (JSON)")] = None,  # noqa: UP045
    rejects: Annotated[Optional[Path], typer.Option(help="没收下的行写到 / rejected rows (CSV)")] = None,  # noqa: UP045
    login: Login = "",
    sheet: Annotated[str, typer.Option(help="哪张工作表 / which sheet (default: the first one with rows)")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试，不写 / try, write nothing")] = False,  # noqa: FBT002
    whole: Whole = False,  # noqa: FBT002
) -> None:
    """导入表格，每行都有交代。/ Import a table; every row is accounted for."""
    kind = _kind_unless_whole(kind, whole=whole)
    if on_match not in ("", "update", "fill", "skip"):
        raise typer.BadParameter(f"--on-match: update | fill | skip, {on_match!r}")
    if template and map_file is not None:
        raise typer.BadParameter("--map | --template")
    from wendu.ops.setup import start_django

    start_django()
    if whole:
        from wendu.ops.account import bring_in

        bring_in(file)
        return
    from wendu.ops.exchanging import import_file

    wishes: dict[str, Any] = {"map_path": map_file, "rejects": rejects, "sheet": sheet, "dry_run": dry_run}
    import_file(file, kind=kind, login=login, report=report, template=template, on_match=on_match, **wishes)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="写到 .csv、.xlsx 或 .zip / write to .csv, .xlsx or .zip")],
    kind: KindOrNone = None,
    login: Login = "",
    whole: Whole = False,  # noqa: FBT002
) -> None:
    """导出看得到的数据。/ Export what may be seen."""
    kind = _kind_unless_whole(kind, whole=whole)
    from wendu.ops.setup import start_django

    start_django()
    if whole:
        from wendu.ops.account import take_out

        take_out(file, login=login)
        return
    from wendu.ops.exchanging import export_file

    export_file(file, kind=kind, login=login)


def _kind_unless_whole(kind: str | None, *, whole: bool) -> str:
    """Either the kind of rows is named, or the whole account is meant."""
    if whole == bool(kind):
        raise typer.BadParameter("--kind users|customers|contacts|touches|opportunities | --all")
    return kind or ""


@app.command()
def recompute(
    search: Annotated[bool, typer.Option("--search", help="也重建搜索 / the search index, too")] = False,  # noqa: FBT002
) -> None:
    """按事实重算所有客户的状态。/ Rebuild all standings from the facts."""
    from wendu.ops.setup import start_django

    start_django()
    from wendu.ops.recompute import rebuild

    rebuild(with_search=search)


@app.command()
def backup(
    file: Annotated[Optional[Path], typer.Argument(help="写到哪个文件 / file (default: the backup folder)")] = None,  # noqa: UP045
    keep: Annotated[Optional[int], typer.Option(help="留最近几份 / how many to keep", min=1)] = None,  # noqa: UP045
) -> None:
    """备份数据库和上传的文件，不用停机。/ Back up database and uploaded files while everybody works."""
    from wendu.ops.setup import start_django

    start_django()
    from wendu.ops.backup import back_up

    back_up(file, keep=keep)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件 / the backup")],
    force: Annotated[bool, typer.Option("--force", help="不问，直接恢复 / do not ask")] = False,  # noqa: FBT002
) -> None:
    """从备份恢复，原来的数据留在旁边。/ Bring a backup back; what was there is kept beside it."""
    from wendu.ops.setup import start_django

    start_django()
    from wendu.ops.backup import bring_back

    bring_back(file, force=force)


@app.command()
def doctor(
    backup: Annotated[str, typer.Option(help="另外恢复一遍这份备份来验证 / try this backup out (FILE or latest)")] = "",
) -> None:
    """体检：哪里不对，怎么修。/ What is not well, and how to mend it."""
    from wendu.ops.setup import start_django

    start_django()
    from wendu.ops.doctor import examine

    examine(backup=backup)


@app.command()
def plan(
    user: Annotated[str, typer.Option(help="登录名或姓名 / login or full name")],
    as_of: Annotated[Optional[datetime], typer.Option(formats=["%Y-%m-%d"], help="哪一天 / which day")] = None,  # noqa: UP045
    capacity: Annotated[Optional[int], typer.Option(help="排几步 / how many steps", min=1, max=200)] = None,  # noqa: UP045
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,  # noqa: FBT002
    lang: Annotated[str, typer.Option(help="zh-hans | en")] = "",
) -> None:
    """今天跟谁、为什么、怎么做、要什么。/ Whom to follow today, why, how, and what to get."""
    if lang not in ("", "zh-hans", "en"):
        raise typer.BadParameter(f"--lang: zh-hans | en, {lang!r}")
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
