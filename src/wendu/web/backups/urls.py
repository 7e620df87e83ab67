"""Addresses of the backups."""

from django.urls import path

from wendu.web.backups import views

app_name = "backups"
urlpatterns = [
    path("", views.backups, name="list"),
    path("making/", views.making, name="making"),
]
