"""Addresses of the exports."""

from django.urls import path

from wendu.web.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.exports, name="list"),
    path("<uuid:uuid>/", views.page, name="page"),
    path("<uuid:uuid>/file/", views.file, name="file"),
    path("<uuid:uuid>/stop/", views.stop, name="stop"),
    path("<uuid:uuid>/resumption/", views.resumption, name="resumption"),
    path("<uuid:uuid>/discarding/", views.discarding, name="discarding"),
]
