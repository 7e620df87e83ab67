"""A draft somebody else's publication has overtaken: what changed since, and bringing the draft up to it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wendu.access.verbs import can, permit
from wendu.desk.versions import version_words
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.packs.actions import rebase_draft
from wendu.packs.models import Pack
from wendu.packs.queries import brought_up, content_of, current_playbook, is_behind, read, version_name
from wendu.playbooks import Playbook
from wendu.playbooks.merge import Clash
from wendu.playbooks.paths import Difference
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.playbook.editing import KEY, found_draft, refused_words, seen_revision
from wendu.web.settings.playbook.told import changes_in_words
from wendu.web.settings.sections import enter, shown


@dataclass(frozen=True, slots=True)
class Choice:
    """One place both changed: both sides in words, and which was chosen."""

    path: str
    place: str
    before: str
    ours: str
    theirs: str
    chosen: str
    is_missing: bool
    ours_gone: bool
    theirs_gone: bool


@require_http_methods(["GET", "HEAD", "POST"])
def rebasing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What changed since the draft was copied, taken over where the draft did not touch it, asked where it did."""
    found, user = found_draft(request, uuid), person(request)
    section, counting = enter(request, KEY), current_playbook()
    here, errors = reverse("settings:draft", args=[uuid]), list[str]()
    if request.method == "POST":
        permit(user, "pack.edit", found)
        if not is_behind(found, counting):
            return done(request, _("The draft is up to date."), here)
        try:
            _rebase(request, found)
        except ActionError as refused:
            errors = refused_words(refused, content_of(found))
        else:
            return done(request, _("The draft stands on the latest version now."), here)
    merged = brought_up(found, counting)
    context = {
        "draft": found,
        "counting": version_words(counting.key, counting.version),
        "onto": version_name(counting),
        "base": version_words(*found.base.rsplit(" ", 1)),
        "choices": _choices(request, found, counting, merged.clashes),
        "taken": changes_in_words(merged.taken, counting, read(found.content)),
        "errors": errors,
        "may_edit": can(user, "pack.edit"),
    }
    return shown(request, section, "settings/playbook/rebase.html", context, status=422 if errors else 200)


def _rebase(request: HttpRequest, found: Pack) -> None:
    said = {name.removeprefix("at:"): side for name, side in request.POST.items() if name.startswith("at:")}
    rebase_draft(
        draft=found,
        onto=request.POST.get("onto", ""),
        choices={name: str(side) for name, side in said.items()},
        actor=person(request),
        at=now(),
        seen=seen_revision(request),
    )


def _choices(request: HttpRequest, found: Pack, counting: Playbook, clashes: tuple[Clash, ...]) -> list[Choice]:
    written = read(found.content)
    mine = changes_in_words([Difference(each.path, each.before, each.ours) for each in clashes], counting, written)
    theirs = changes_in_words([Difference(each.path, each.before, each.theirs) for each in clashes], counting, written)
    asked = request.method == "POST"
    sides = ((each.path, request.POST.get(f"at:{each.path}", "")) for each in clashes)
    return [
        Choice(
            path,
            one.place,
            one.before,
            one.after,
            other.after,
            chosen,
            is_missing=asked and not chosen,
            ours_gone=one.went,
            theirs_gone=other.went,
        )
        for (path, chosen), one, other in zip(sides, mine, theirs, strict=True)
    ]
