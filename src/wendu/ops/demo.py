"""`wendu demo`: one firm's two years up to today, in your browser."""

import os
import sys
from time import perf_counter

WAYS = {
    "rep": ("销售：今天先跟谁", "Sales rep: whom to follow up today"),
    "manager": ("主管：谁在丢热", "Manager: who is losing heat"),
    "service": ("服务：回访和修", "Service: revisits and repairs"),
    "marketing": ("市场：看全部，号码遮住", "Marketing: sees all, numbers masked"),
    "boss": ("老板：看全部", "Executive: sees all"),
    "admin": ("管理员：人和设置", "Administrator: people and settings"),
}


def load_demo(customers: int | None = None, *, seed: int = 2026, fresh: bool = False, quiet: bool = False) -> bool:
    """Load the demo firm into a migrated database; keeps what is there unless `fresh`. Says whether it loaded."""
    from wendu.kernel.clock import now
    from wendu.ops.simulator import contracts, findings, firm, habits, library, load, orders, quotes, second_looks

    if firm.known() is not None:
        if not fresh:
            return False
        empty()
    at = now()
    for progress in load.load_demo(customers, at=at, seed=seed):
        if not quiet:
            print(
                f"  {progress.customers} 客户 customers · {progress.rows} 行 rows · {progress.seconds:.1f} s",
                flush=True,
            )
    load.tell_alerts(at)
    findings.write_findings(at)
    library.write_library(at)
    findings.prepare_talks(at)
    quotes.write_quotes(at)
    orders.write_orders(at)
    habits.write_habits(at)
    contracts.write_contracts(at)
    second_looks.look_again(at)
    return True


def empty() -> None:
    """Empty the database before it is filled anew; only a demo may do that."""
    from django.conf import settings
    from django.core.management import call_command

    if not settings.DEMO and not settings.DEBUG:
        raise SystemExit("只有演示数据能清空。 Only a demo can be emptied.")
    call_command("flush", interactive=False, verbosity=0)


def prepare() -> None:
    """Start Django on the demo's own data folder, with the tables it needs."""
    os.environ.setdefault("WENDU_DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wendu.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def logins() -> str:
    """The table of logins, one per role, in Chinese and English."""
    from wendu.ops.simulator.firm import PASSWORD

    lines = [f"  {login:<10} {PASSWORD:<12} {zh}  {en}" for login, (zh, en) in WAYS.items()]
    return "\n".join([f"  {'账号 login':<9} {'密码 password'}", *lines])


def run_demo(customers: int | None = None, seed: int = 2026, port: int = 8000, *, fresh: bool = False) -> None:
    """Prepare, load once, say where to look and how to sign in, then serve until Ctrl-C."""
    began = perf_counter()
    os.environ.setdefault("WENDU_BASE_URL", f"http://127.0.0.1:{port}")
    prepare()
    from django.core.management import call_command

    loaded = load_demo(customers, seed=seed, fresh=fresh)
    call_command("collectstatic", interactive=False, verbosity=0)
    state = "数据已备好 loaded" if loaded else "沿用上次的数据 kept from last time"
    print(f"\n{state} ({perf_counter() - began:.0f} s)\n\n  http://127.0.0.1:{port}\n\n{logins()}\n", flush=True)
    from wendu.ops.up import serve

    serve(port=port, announce=False)


def main(arguments: list[str]) -> None:
    """`python -m wendu.ops.demo [CUSTOMERS] [--fresh]`: load the data and stop, without serving."""
    prepare()
    numbers = [int(each) for each in arguments if each.isdigit()]
    loaded = load_demo(numbers[0] if numbers else None, fresh="--fresh" in arguments)
    print("loaded" if loaded else "kept; --fresh loads anew")
    print(logins())


if __name__ == "__main__":
    main(sys.argv[1:])
