"""Versions of the playbook: which one counts, what was published before, what differs, and the way back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.desk.versions import version_words
from wendu.kernel.clock import now
from wendu.packs.actions import draft_pack, roll_back
from wendu.packs.queries import (
    SHIPPED,
    current_playbook,
    drafts,
    is_behind,
    playbook_of_version,
    version_name,
    versions,
)
from wendu.playbooks import Playbook, dump, shipped
from wendu.playbooks.paths import differences
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.playbook.forms import NoteForm
from wendu.web.settings.playbook.speaking import spoken
from wendu.web.settings.playbook.told import changes_in_words
from wendu.web.settings.playbook.work import rebuild_of
from wendu.web.settings.sections import enter, shown

KEY = "playbook"


@require_safe
def playbook(request: HttpRequest) -> HttpResponse:
    """The version that counts, what is being written, and every version there was."""
    section, user = enter(request, KEY), person(request)
    counting = current_playbook()
    published = list(versions(user))
    context = {
        "counting": version_words(counting.key, counting.version),
        "counting_name": version_name(counting),
        "own_name": spoken(counting.name.model_dump()) if counting.name != shipped(SHIPPED).name else "",
        "since": published[0] if published else None,
        "drafts": [(each, is_behind(each, counting)) for each in drafts(user)],
        "versions": [_row(pack, number, published) for number, pack in enumerate(published)],
        "shipped": None if version_name(counting) == _shipped() else _shipped(),
        "work": rebuild_of(user),
        "may_draft": can(user, "pack.draft"),
        "may_publish": can(user, "pack.publish"),
    }
    return shown(request, section, "settings/playbook/home.html", context)


@require_POST
def drafting(request: HttpRequest) -> HttpResponse:
    """Copy a version to write on."""
    enter(request, KEY)
    draft = draft_pack(base=request.POST.get("base", ""), actor=person(request), at=now())
    return done(
        request, _("Here is the copy. Nothing is judged by it yet."), reverse("settings:draft", args=[draft.uuid])
    )


@require_safe
def version(request: HttpRequest, name: str) -> HttpResponse:
    """What a version has that an earlier one had not, place by place."""
    section = enter(request, KEY)
    this, other = _found(name), _found(request.GET.get("than") or _shipped())
    moved = list(differences(dump(other), dump(this)))
    context = {
        "title": version_words(this.key, this.version),
        "than": version_words(other.key, other.version),
        "changes": changes_in_words(moved, this, other),
    }
    return shown(request, section, "settings/playbook/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rolling_back(request: HttpRequest, name: str) -> HttpResponse:
    """Let an earlier version count again; asked first, with a word why."""
    enter(request, KEY)
    user, old = person(request), _found(name)
    permit(user, "pack.publish")

    def act(said: dict[str, Any]) -> HttpResponse:
        pack = roll_back(to=name, actor=user, at=now(), note=said["note"])
        words = _("%(version)s counts now; everybody is being judged anew.")
        return done(request, words % {"version": version_words(pack.key, pack.version)}, reverse("settings:playbook"))

    intro = _(
        "Its content counts again as a new version, and everybody is judged anew by it. The way forward stays open."
    )
    title = _("Back to %(version)s") % {"version": version_words(old.key, old.version)}
    question = Question(title, _("Let it count again"), back=reverse("settings:playbook"), intro=intro)
    return ask(request, NoteForm(request.POST or None), question, act)


def _row(pack: Any, number: int, published: list[Any]) -> dict[str, Any]:
    name = f"{pack.key} {pack.version}"
    before = published[number + 1] if number + 1 < len(published) else None
    than = f"{before.key} {before.version}" if before else _shipped()
    return {"pack": pack, "name": name, "words": version_words(pack.key, pack.version), "than": than}


def _found(name: str) -> Playbook:
    playbook = playbook_of_version(name)
    if playbook is None:
        raise Http404
    return playbook


def _shipped() -> str:
    return version_name(shipped(SHIPPED))
