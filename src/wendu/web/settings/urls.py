"""Addresses of the settings."""

from django.urls import path

from wendu.web.settings import audit, fields, holidays, logins, organisation, people, teams
from wendu.web.settings.playbook import drafts, previews, rebase, versions, work

app_name = "settings"
urlpatterns = [
    path("", organisation.home, name="home"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/return/", holidays.returning, name="holiday_return"),
    path("holidays/<int:pk>/removal/", holidays.removal, name="holiday_removal"),
    path("holidays/years/<int:year>/", holidays.loading, name="holiday_loading"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.new, name="team_new"),
    path("teams/<uuid:uuid>/", teams.team, name="team"),
    path("teams/<uuid:uuid>/closing/", teams.closing, name="team_closing"),
    path("teams/<uuid:uuid>/reopening/", teams.reopening, name="team_reopening"),
    path("people/", people.everybody, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/<uuid:uuid>/", people.colleague_page, name="person"),
    path("people/<uuid:uuid>/invitation/", logins.invitation, name="person_invitation"),
    path("people/<uuid:uuid>/invitation/withdrawal/", logins.withdrawal, name="person_withdrawal"),
    path("people/<uuid:uuid>/password/", logins.password, name="person_password"),
    path("people/<uuid:uuid>/closing/", logins.closing, name="person_closing"),
    path("people/<uuid:uuid>/opening/", logins.opening, name="person_opening"),
    path("fields/", fields.fields, name="fields"),
    path("fields/new/", fields.new, name="field_new"),
    path("fields/<uuid:uuid>/", fields.field, name="field"),
    path("fields/<uuid:uuid>/retirement/", fields.retiring, name="field_retirement"),
    path("fields/<uuid:uuid>/return/", fields.returning, name="field_return"),
    path("fields/<uuid:uuid>/moves/<str:way>/", fields.moving, name="field_move"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
    path("playbook/", versions.playbook, name="playbook"),
    path("playbook/versions/<str:name>/", versions.version, name="version"),
    path("playbook/versions/<str:name>/return/", versions.rolling_back, name="rolling_back"),
    path("playbook/drafts/", versions.drafting, name="drafting"),
    path("playbook/drafts/<uuid:uuid>/", drafts.draft, name="draft"),
    path("playbook/drafts/<uuid:uuid>/plays/", drafts.plays, name="draft_plays"),
    path("playbook/drafts/<uuid:uuid>/plays/<str:key>/", drafts.play, name="draft_play"),
    path("playbook/drafts/<uuid:uuid>/rebase/", rebase.rebasing, name="draft_rebase"),
    path("playbook/drafts/<uuid:uuid>/preview/", previews.asking, name="draft_preview"),
    path("playbook/drafts/<uuid:uuid>/effect/", previews.effect, name="draft_effect"),
    path("playbook/drafts/<uuid:uuid>/publication/", drafts.publication, name="draft_publication"),
    path("playbook/drafts/<uuid:uuid>/discarding/", drafts.discarding, name="draft_discarding"),
    path("playbook/drafts/<uuid:uuid>/return/", drafts.returning, name="draft_return"),
    path("playbook/drafts/<uuid:uuid>/forms/<str:key>/", drafts.form, name="draft_form"),
    path("playbook/jobs/<uuid:uuid>/stop/", work.stopping, name="work_stop"),
    path("playbook/jobs/<uuid:uuid>/resumption/", work.resuming, name="work_resume"),
]
