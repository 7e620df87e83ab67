"""Templates: how the columns of a file are read, kept under a name for the next file of its kind."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.exchange.maps import ImportMap
from wendu.identity.models import User
from wendu.imports.actions import NotUnderstood, as_map, glimpse
from wendu.imports.models import ColumnTemplate, Import
from wendu.imports.queries import columns_by
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line

declare("template.saved", "template.removed")

LONGEST_NAME = 60


class NameMissing(ActionError):
    """A template is found by its name."""

    code = "template_name_missing"
    field = "name"
    message = _("Give the template a name of at most %(most)s signs.")


class NameTaken(ActionError):
    """Somebody else's template is not overwritten."""

    code = "template_name_taken"
    field = "name"
    message = _("%(person)s has a template “%(name)s” already. Choose another name.")


class TemplateUnknown(ActionError):
    """A template is called by its name, from the command line too."""

    code = "template_unknown"
    field = "template"
    message = _("There is no template “%(name)s” for this kind of rows. There are: %(known)s.")


def find_template(*, kind: str, name: str) -> ColumnTemplate:
    """The template of this name for this kind of rows."""
    rows = ColumnTemplate.objects.filter(kind=kind)
    found = rows.filter(name=tidy_line(name)).first()
    if found is None:
        raise TemplateUnknown(name=name, known=", ".join(rows.order_by("name").values_list("name", flat=True)) or "-")
    return found


def map_by(template: ColumnTemplate, header: Sequence[str]) -> ImportMap:
    """How a file with this header is read by a template: by the words at the heads; others are left aside."""
    return as_map(template.kind, columns_by(template, [glimpse(head) for head in header]))


@transaction.atomic
def save_template(*, row: Import, name: str, actor: User, at: datetime) -> ColumnTemplate:
    """Keep what was said of the columns of a file under a name; one's own template of that name is replaced."""
    permit(actor, "import.run")
    permit(actor, "import.undo", row.actor)
    name = tidy_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise NameMissing(most=LONGEST_NAME)
    if not row.is_understood:
        raise NotUnderstood
    old = ColumnTemplate.objects.select_for_update().filter(kind=row.kind, name=name).first()
    if old is not None and old.made_by_id != actor.pk and not actor.is_admin:
        raise NameTaken(person=old.made_by.display_name, name=name)
    template = old or ColumnTemplate(kind=row.kind, name=name)
    before = _plain(template) if old else None
    template.columns = {row.header[int(place)]: field for place, field in row.columns.items() if row.header[int(place)]}
    template.on_match, template.made_by, template.made_at = row.on_match, actor, at
    template.save()
    record("template.saved", subject=template, actor=actor, at=at, before=before, after=_plain(template))
    return template


@transaction.atomic
def remove_template(*, template: ColumnTemplate, actor: User, at: datetime) -> None:
    """Throw a template away; files that were read by it stay as they are."""
    permit(actor, "import.template_remove", template.made_by)
    record("template.removed", subject=template, actor=actor, at=at, before=_plain(template))
    template.delete()


def _plain(template: ColumnTemplate) -> dict[str, object]:
    return {
        "name": template.name,
        "kind": template.kind,
        "columns": template.columns,
        "on_match": template.on_match,
    }
