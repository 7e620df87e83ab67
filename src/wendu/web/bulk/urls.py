"""Addresses of batches."""

from django.urls import path

from wendu.web.bulk import steps, views

app_name = "bulk"
urlpatterns = [
    path("", views.batches, name="list"),
    path("<uuid:uuid>/", views.batch, name="batch"),
    path("<uuid:uuid>/undoing/", steps.undoing, name="undoing"),
    path("<uuid:uuid>/stop/", steps.stop, name="stop"),
    path("<uuid:uuid>/resumption/", steps.resumption, name="resumption"),
]
