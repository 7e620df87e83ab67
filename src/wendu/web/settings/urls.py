"""Addresses of the settings."""

from django.urls import path

from wendu.web.settings import audit, fields, holidays, logins, organisation, people, teams

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
]
