"""Addresses of the rhythm calendar."""

from django.urls import path

from wendu.web.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.calendar, name="page"),
    path("<uuid:uuid>/", views.move, name="move"),
]
