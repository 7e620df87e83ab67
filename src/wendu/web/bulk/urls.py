"""Addresses of batches."""

from django.urls import path

from wendu.web.bulk import views

app_name = "bulk"
urlpatterns = [
    path("", views.choice, name="choice"),
    path("<uuid:uuid>/", views.batch, name="batch"),
    path("<uuid:uuid>/undoing/", views.undoing, name="undoing"),
    path("<uuid:uuid>/stop/", views.stop, name="stop"),
    path("<uuid:uuid>/resumption/", views.resumption, name="resumption"),
]
