"""What stood before and after, as JSON of bounded size."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.functional import Promise

from wendu.kernel.bulk import Json

LIMIT_BYTES = 8192
CUT = "_cut"
_SHORT = 200


def bounded(values: Mapping[str, object] | None) -> dict[str, Any] | None:
    """Make plain JSON of at most 8 kB; what is too long is shortened and its name listed under `_cut`."""
    if values is None:
        return None
    text = json.dumps(values, cls=_Encoder, ensure_ascii=False)
    plain: dict[str, Any] = json.loads(text)
    cut: list[str] = []
    if len(text.encode()) + _size(cut) <= LIMIT_BYTES:
        return plain
    for name in sorted(plain, key=lambda key: -_size(plain[key])):
        if _size(plain) + _size(cut) <= LIMIT_BYTES:
            break
        plain[name] = _shortened(plain[name])
        cut.append(name)
        plain[CUT] = sorted(cut)
    if _size(plain) > LIMIT_BYTES:
        return {CUT: ["*"], "names": [name[:60] for name in sorted(plain)][:50]}
    return plain


def written(values: Mapping[str, object] | None) -> Json | None:
    """Write the same as text at once: nearly all of it is short."""
    if values is None:
        return None
    text = _ENCODER.encode(values)
    return Json(text if len(text) <= LIMIT_BYTES else json.dumps(bounded(values)))


def is_cut(values: Mapping[str, object] | None) -> bool:
    """Tell whether something was shortened, so that it cannot be played backwards."""
    return values is not None and CUT in values


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Keep only what differs, on both sides."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, Model):
            return o.pk
        if isinstance(o, Promise):
            return str(o)
        if isinstance(o, set | frozenset):
            return sorted(o, key=str)
        return super().default(o)


_ENCODER = _Encoder()


def _size(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())


def _shortened(value: Any) -> Any:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"{text[:_SHORT]}…" if len(text) > _SHORT else value
