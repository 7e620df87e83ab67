"""Why customers leave, in words of the playbook."""

from wendu.desk.wording import lang
from wendu.playbooks.schema import Playbook


def cause_words(code: str, book: Playbook) -> str:
    """Word a cause; one the playbook no longer lists is shown as it was kept."""
    return next((each.text.of(lang()) for each in book.churn_reasons if each.code == code), code)
