"""Writing, publishing and taking back the playbook of this organisation."""

from wendu.packs.actions.drafts import discard_draft, draft_pack, edit_draft, rebase_draft, restore_draft
from wendu.packs.actions.errors import (
    ChoiceMissing,
    CountingMoved,
    DraftBehind,
    DraftGone,
    NoSuchPiece,
    NoSuchVersion,
    PackRefused,
    VersionTaken,
)
from wendu.packs.actions.pieces import remove_piece, return_piece
from wendu.packs.actions.publishing import publish, publish_draft, roll_back

__all__ = [
    "ChoiceMissing", "CountingMoved", "DraftBehind", "DraftGone", "NoSuchPiece", "NoSuchVersion", "PackRefused",
    "VersionTaken", "discard_draft", "draft_pack", "edit_draft", "publish", "publish_draft",
    "rebase_draft", "remove_piece", "restore_draft", "return_piece", "roll_back",
]  # fmt: skip
