"""Proves that the wheel alone is enough: built, installed in an empty venv outside the project, and served from.

    .venv/bin/python scripts/wheel.py [FOLDER]     keeps the wheel in FOLDER if one is named

What it looks for is what is easily left out of a wheel: templates, vendored browser files, icons, translations,
playbooks and migrations. The names of the dependencies come from the lock, hash by hash, as for every installation.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "runtime.txt"
KEY = "k3v9-Zp7Qm2Xw8Lr5Tn1Yb6Hd4Sg0Jf-Uc7Ea9Vo3Ki5Mx8Nq2Wt6"
HERE = "http://127.0.0.1:8000"
SECONDS = 120
STATIC = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def build(folder: Path) -> Path:
    """Build the wheel from what is committed and what is not yet."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return next(folder.glob("wendu-*.whl"))


def install(wheel: Path, venv: Path) -> None:
    """Install the locked dependencies and the wheel; with uv where it works, else with pip."""
    uv = shutil.which("uv")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if uv and not subprocess.run([uv, "venv", "--python", sys.executable, str(venv)], check=False, **quiet).returncode:
        into = [uv, "pip", "install", "--quiet", "--python", str(venv / "bin" / "python")]
        locked = subprocess.run([*into, "--require-hashes", "-r", str(LOCK)], check=False, **quiet)
        if not locked.returncode:
            subprocess.run([*into, "--no-deps", str(wheel)], check=True)
            return
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)
    into = [str(venv / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*into, "--require-hashes", "-r", str(LOCK)], check=True)
    subprocess.run([*into, "--no-deps", str(wheel)], check=True)


def serve(venv: Path, folder: Path) -> None:
    """Start `wendu up` as an operator would, look at it from outside, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = f"http://127.0.0.1:{port}"
    environment = surroundings(folder, home)
    command = [str(venv / "bin" / "wendu"), "up", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"{home}/healthz/ready", server)
            look_at(home)
            wait_for(f"{home}/healthz/worker", server)
        except BaseException:
            print((folder / "log").read_text(encoding="utf-8")[-4000:])
            raise
        finally:
            server.send_signal(signal.SIGTERM)
            ended = server.wait(30)
    if ended:
        sys.exit(f"`wendu up` ended with {ended} when it was told to stop")


def surroundings(folder: Path, home: str) -> dict[str, str]:
    """What an operator sets, and nothing of this machine's own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "en_US.UTF-8",
        "WENDU_DATA_DIR": str(folder / "data"),
        "WENDU_SECRET_KEY": KEY,
        "WENDU_BASE_URL": home,
    }


def look_at(home: str) -> None:
    """The sign-in page in both languages, and every file it asks for."""
    chinese, english = (fetch(f"{home}/accounts/login/", language).decode() for language in ("zh-CN", "en"))
    expect("登录" in chinese, "the Chinese of the sign-in page")
    expect("Sign in" in english, "the English of the sign-in page")
    files = sorted(set(STATIC.findall(chinese)))
    expect(any("htmx" in file for file in files), "the vendored script")
    for file in files:
        expect(len(fetch(home + file, "en")) > 0, file)
    print(f"sign-in page and {len(files)} files served from the wheel")


def fetch(url: str, language: str) -> bytes:
    """Ask as a browser of this language would."""
    with urlopen(Request(url, headers={"Accept-Language": language}), timeout=10) as answer:  # noqa: S310  our own server
        return bytes(answer.read())


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until an address says that all is well."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            fetch(url, "en")
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            print(f"{url.partition('/healthz')[1]}{url.partition('/healthz')[2]}: ok")
            return
    sys.exit(f"{url} did not become ready")


def expect(holds: bool, what: str) -> None:  # noqa: FBT001  reads as a sentence
    """Stop with what is missing in the wheel."""
    if not holds:
        sys.exit(f"missing in the wheel: {what}")


def main(arguments: list[str]) -> None:
    """Build, install, serve, look, stop."""
    with tempfile.TemporaryDirectory(prefix="wendu-wheel-") as name:
        folder = Path(name)
        wheel = build(Path(arguments[0]) if arguments else folder)
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
        install(wheel, folder / "venv")
        serve(folder / "venv", folder)
        wendu = str(folder / "venv" / "bin" / "wendu")
        told = subprocess.run(
            [wendu, "doctor"], cwd=folder, env=surroundings(folder, HERE), capture_output=True, text=True, check=False
        )
        expect("Playbook: standard" in told.stdout, "the playbook")
        expect("Tables: up to date" in told.stdout, "the migrations")


if __name__ == "__main__":
    main(sys.argv[1:])
