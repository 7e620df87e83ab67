"""Addresses of the quadrant board."""

from django.urls import path

from wendu.web.quadrants import views

app_name = "quadrants"
urlpatterns = [
    path("", views.quadrants, name="board"),
    path("time/", views.time, name="time"),
    path("<uuid:uuid>/", views.why, name="why"),
]
