"""Gathers the Chinese translations into one catalogue and compiles it; with --check says what is missing or stale."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "wendu"
LOCALE = SOURCE / "locale"
CATALOGUE = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "wendu",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop", "ugettext")
KEYWORDS = [*PLAIN, "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")

Key = tuple[str | None, str]


def gathered() -> tuple[polib.POFile, list[str]]:
    """All fragments as one catalogue in order of text, and what contradicts itself."""
    entries: dict[Key, polib.POEntry] = {}
    faults = []
    for fragment in sorted((LOCALE / "fragments").glob("*.po")):
        for entry in polib.pofile(str(fragment), encoding="utf-8"):
            key = (entry.msgctxt, entry.msgid)
            other = entries.setdefault(key, entry)
            if words(other) != words(entry):
                faults.append(f"{fragment.name}: {entry.msgid!r} is {words(entry)} here but {words(other)} elsewhere")
            if entry.msgid_plural and not other.msgid_plural:
                entries[key] = entry
            faults += flaws(entry, fragment.name)
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = HEADER
    for _key, entry in sorted(entries.items(), key=lambda item: (item[0][1], item[0][0] or "")):
        entry.occurrences, entry.comment, entry.tcomment, entry.flags = [], "", "", []
        catalogue.append(entry)
    return catalogue, faults


def words(entry: polib.POEntry) -> str:
    return entry.msgstr or "".join(entry.msgstr_plural.values())


def flaws(entry: polib.POEntry, place: str) -> Iterator[str]:
    """An empty translation, or one that fills in something else than the original."""
    if not words(entry):
        yield f"{place}: {entry.msgid!r} has no translation"
        return
    wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    if set(PLACEHOLDER.findall(words(entry))) - wanted:
        yield f"{place}: {entry.msgid!r} fills in something the original does not have"


def used() -> dict[Key, str]:
    """Every text the sources ask to be translated, and where it stands."""
    found: dict[Key, str] = {}
    for file in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        text = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            blanked = templatize(text, origin=str(file))
            text = "\n".join(row.lstrip() for row in blanked.splitlines())  # indented HTML is no indented Python
        for line, function, message, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {}):
            for key in asked(function or "_", message):
                found.setdefault(key, f"{file.relative_to(ROOT)}:{line}")
    return found


def asked(function: str, message: object) -> Iterator[Key]:
    """The catalogue's key of one call."""
    parts = message if isinstance(message, tuple) else (message,)
    texts = [part for part in parts if isinstance(part, str)]
    if "pgettext" in function and len(texts) > 1:
        yield texts[0], texts[1]
    elif texts and "pgettext" not in function:
        yield None, texts[0]


def main(*, check: bool) -> int:
    """Write the catalogue and its compiled twin, or compare; either way name what is missing."""
    settings.configure(USE_I18N=True)
    catalogue, faults = gathered()
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    faults += [f"{place}: {key[1]!r} is not translated" for key, place in used().items() if key[1] and key not in known]
    text, compiled = str(catalogue) + "\n", catalogue.to_binary()
    compiled_file = CATALOGUE.with_suffix(".mo")
    if not check:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(text, encoding="utf-8")
        compiled_file.write_bytes(compiled)
    elif not CATALOGUE.exists() or CATALOGUE.read_text(encoding="utf-8") != text:
        faults.append("django.po does not match the fragments: run `make messages`")
    elif not compiled_file.exists() or compiled_file.read_bytes() != compiled:
        faults.append("django.mo does not match django.po: run `make messages`")
    print("\n".join(faults) if faults else f"{len(known)} texts in Chinese")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
