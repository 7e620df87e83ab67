"""Fetch the browser files we keep in the tree, check them against the lock, and cut the icon sprite.

Run `python scripts/vendor.py` after changing `scripts/vendor.lock.json` (versions, files, names of icons); `--update`
accepts a new version and writes its integrity.
Users never need this: the result is committed, with its licences.
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).with_name("vendor.lock.json")
STATIC = ROOT / "src" / "wendu" / "web" / "static"
SPRITE = STATIC / "wendu" / "icons.svg"
OUTLINE = "package/icons/outline"


def main() -> None:
    """Bring every vendored file to the locked version."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="accept the fetched version and write its integrity")
    update: bool = parser.parse_args().update
    lock = json.loads(LOCK.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for name, entry in lock["packages"].items():
            tarball = _fetch(name, entry["version"], Path(folder))
            _verify(name, entry, tarball, update=update)
            _extract(tarball, entry["files"], lock["icons"] if name == "@tabler/icons" else [])
    if update:
        LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _fetch(name: str, version: str, folder: Path) -> Path:
    command = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return folder / done.stdout.strip().splitlines()[-1]


def _verify(name: str, entry: dict[str, str], tarball: Path, *, update: bool) -> None:
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    found = f"sha512-{digest}"
    if update:
        entry["integrity"] = found
    elif entry["integrity"] != found:
        message = (
            f"{name} {entry['version']}: the fetched file is not the locked one; look at it, then run with --update"
        )
        raise SystemExit(message)


def _extract(tarball: Path, files: dict[str, str], icons: list[str]) -> None:
    with tarfile.open(tarball) as archive:
        for source, target in files.items():
            path = STATIC / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_read(archive, f"package/{source}"))
        if icons:
            symbols = [_symbol(name, _read(archive, f"{OUTLINE}/{name}.svg").decode()) for name in sorted(icons)]
            sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
            SPRITE.parent.mkdir(parents=True, exist_ok=True)
            SPRITE.write_text(sprite, "utf-8")


def _read(archive: tarfile.TarFile, member: str) -> bytes:
    stream = archive.extractfile(member)
    if stream is None:
        message = f"{member} is not a file in the package"
        raise SystemExit(message)
    return stream.read()


def _symbol(name: str, svg: str) -> str:
    """One icon as a symbol: only its strokes, because size and stroke come from the stylesheet."""
    strokes = re.findall(r"<(?:path|circle|rect|line)\b[^>]*/>", svg)
    visible = [stroke for stroke in strokes if 'stroke="none"' not in stroke]
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{"".join(visible)}</symbol>'


if __name__ == "__main__":
    main()
