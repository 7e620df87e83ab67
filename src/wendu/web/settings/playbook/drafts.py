"""A draft of a playbook: what it is made of, thrown away and fetched back, and let count."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.coach.models import Preview
from wendu.desk.versions import version_words
from wendu.kernel.clock import now
from wendu.packs.actions import discard_draft, publish_draft, restore_draft
from wendu.packs.models import Pack
from wendu.packs.queries import current_playbook, is_behind, read
from wendu.playbooks import dump
from wendu.playbooks.paths import differences
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.playbook.editing import KEY, found_draft
from wendu.web.settings.playbook.forms import NoteForm
from wendu.web.settings.playbook.layout import JUDGING, SAYING, form_of
from wendu.web.settings.playbook.previews import glance
from wendu.web.settings.playbook.told import changes_in_words
from wendu.web.settings.sections import enter, shown


@require_safe
def draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The forms of a draft with what was changed on each, what it would do, and the way to let it count."""
    found = found_draft(request, uuid)
    section, user = enter(request, KEY), person(request)
    counting, written = current_playbook(), read(found.content)
    moved = [each for each in differences(dump(counting), dump(written)) if each.path not in ("key", "version")]
    context = {
        "draft": found,
        "base": version_words(*found.base.rsplit(" ", 1)),
        "is_behind": is_behind(found, counting),
        "counting": version_words(counting.key, counting.version),
        "groups": [
            (title, [(form, sum(form_of(each.path) == form.key for each in moved)) for form in forms])
            for title, forms in ((_("How customers are judged"), JUDGING), (_("What is done and said"), SAYING))
        ],
        "changes": changes_in_words(moved, written, counting),
        "may_edit": can(user, "pack.edit"),
        "may_publish": can(user, "pack.publish"),
        **glance(user, found, Preview.objects.filter(pack=found).order_by("-pk").first()),
    }
    return shown(request, section, "settings/playbook/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a draft count, with a word for the list of versions."""
    found = found_draft(request, uuid)
    user = person(request)
    permit(user, "pack.publish")

    def act(said: dict[str, Any]) -> HttpResponse:
        pack = publish_draft(draft=found, actor=user, at=now(), note=said["note"], seen=said["seen"])
        words = _("%(version)s counts now; everybody is being judged anew.")
        return done(request, words % {"version": version_words(pack.key, pack.version)}, reverse("settings:playbook"))

    intro = _("From now on everybody is judged by it; all customers are judged anew. You can go back at any time.")
    question = Question(_("Publish"), _("Publish"), back=_address(found), intro=intro)
    return ask(request, NoteForm(request.POST or None, initial={"seen": found.revision}), question, act)


@require_POST
def discarding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = found_draft(request, uuid)
    discard_draft(draft=found, actor=person(request), at=now())
    undo = reverse("settings:draft_return", args=[uuid])
    return done(request, _("The draft is thrown away."), reverse("settings:playbook"), undo_url=undo)


@require_POST
def returning(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Fetch a draft back."""
    enter(request, KEY)
    thrown: Pack = get_object_or_404(Pack.objects.filter(published_at=None, discarded_at__isnull=False), uuid=uuid)
    restore_draft(draft=thrown, actor=person(request), at=now())
    return done(request, _("The draft is back."), _address(thrown))


def _address(found: Pack) -> str:
    return reverse("settings:draft", args=[found.uuid])
