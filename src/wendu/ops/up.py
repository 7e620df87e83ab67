"""`wendu up`: the web server and the job worker side by side, each started again when it dies."""

import os
import socket
import sys

from wendu.kernel.supervisor import Service, Supervisor
from wendu.ops.said import fail, say


def serve(*, host: str = "127.0.0.1", port: int = 8000, workers: int = 1, announce: bool = True) -> None:
    """Run the site until it is told to stop."""
    _refuse_taken(host, port)
    web = Service("web", web_command(host, port, workers), own_group=True)
    worker = Service("worker", worker_command(), own_group=True)
    if announce:
        say(f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{port}/")
    Supervisor([web, worker]).run()


def _refuse_taken(host: str, port: int) -> None:
    """Say at once that somebody else listens there, instead of starting a server again and again that cannot."""
    try:
        kind, _type, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that just stopped is no obstacle
            probe.bind(address)
    except OSError as wrong:
        fail(
            f"{host}:{port} 用不了：{wrong}。换个端口：--port 8001\n"
            f"{host}:{port} cannot be used: {wrong}. Take another port: --port 8001"
        )


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Granian with respawn switched on: by default one killed worker stops the whole server."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", os.environ.get("WENDU_THREADS", "4")),
        *("--respawn-failed-workers", "--respawn-interval", "1", "--no-ws", "--log-level", "warning"),
        "wendu.config.wsgi:application",
    ]


def worker_command() -> list[str]:
    """The supervisor of the job processes, which keeps its own children alive."""
    return [sys.executable, "-m", "wendu.jobs.worker"]
