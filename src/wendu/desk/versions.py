"""What versions of the playbook are called."""

from django.utils.translation import gettext as _

from wendu.packs.queries import OWN


def version_words(key: str, version: str) -> str:
    """What a version is called."""
    if key == OWN:
        return _("Version %(n)s") % {"n": version}
    return _("Standard playbook %(version)s") % {"version": version} if key == "standard" else f"{key} {version}"
