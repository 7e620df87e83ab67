"""Addresses of the manager's board."""

from django.urls import path

from wendu.web.team import handover, views

app_name = "team"
urlpatterns = [
    path("", views.board, name="board"),
    path("overrides/", views.overridden, name="overrides"),
    path("requalifications/", views.requalified, name="requalifications"),
    path("unproven/", views.moved_on, name="unproven"),
    path("quotes/", views.quoted, name="quotes"),
    path("feelings/", views.felt, name="feelings"),
    path("handover/", handover.begin, name="handover"),
    path("handovers/<uuid:uuid>/", handover.handed, name="handed"),
    path("handovers/<uuid:uuid>/undoing/", handover.undoing, name="handover_undoing"),
    path("handovers/<uuid:uuid>/resumption/", handover.resumption, name="handover_resumption"),
]
