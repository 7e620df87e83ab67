"""Addresses of the files brought in."""

from django.urls import path

from wendu.web.imports import steps, templates, views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="list"),
    path("blank/", views.blank, name="blank"),
    path("templates/<uuid:uuid>/removal/", templates.removal, name="template_removal"),
    path("<uuid:uuid>/", views.page, name="page"),
    path("<uuid:uuid>/rejects.csv", views.rejects, name="rejects"),
    path("<uuid:uuid>/columns/", steps.columns, name="columns"),
    path("<uuid:uuid>/sheet/", steps.sheet, name="sheet"),
    path("<uuid:uuid>/template/", templates.saving, name="template"),
    path("<uuid:uuid>/beginning/", steps.beginning, name="beginning"),
    path("<uuid:uuid>/stop/", steps.stop, name="stop"),
    path("<uuid:uuid>/resumption/", steps.resumption, name="resumption"),
    path("<uuid:uuid>/undoing/", steps.undoing, name="undoing"),
    path("<uuid:uuid>/discarding/", steps.discarding, name="discarding"),
]
