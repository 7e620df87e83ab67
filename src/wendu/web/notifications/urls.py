"""Addresses of what a person was told."""

from django.urls import path

from wendu.web.notifications import choosing, views

app_name = "notifications"
urlpatterns = [
    path("", views.notices, name="list"),
    path("choices/", choosing.choices, name="choices"),
    path("reading/", views.reading, name="read_all"),
    path("<uuid:uuid>/reading/", views.reading_one, name="read"),
]
