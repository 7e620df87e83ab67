"""Django configuration of the coach."""

from django.apps import AppConfig


class CoachConfig(AppConfig):
    """Listens to what moves a standing, inside the transaction that moves it."""

    name = "wendu.coach"
    label = "coach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wendu.agenda.rules import on_due
        from wendu.coach.actions import CHANGE_RULE, follow_team, react
        from wendu.coach.choices import CHANGES_ALL, MOVES
        from wendu.coach.gates import forget_unproven_win, note_unproven_win
        from wendu.coach.jobs import change_standing, rebuild_all
        from wendu.coach.talks import follow_touch
        from wendu.journal.subscriptions import subscribe

        for verb in MOVES:
            subscribe(verb, react, inside=True)
        subscribe("customers.team_followed", follow_team, inside=True)
        subscribe("opportunity.closed", note_unproven_win, inside=True)
        subscribe("opportunity.closure_withdrawn", forget_unproven_win, inside=True)
        for verb in ("touch.undone", "touch.restored"):
            subscribe(verb, follow_touch, inside=True)
        for verb in CHANGES_ALL:
            subscribe(verb, rebuild_all)
        on_due(CHANGE_RULE, change_standing)
