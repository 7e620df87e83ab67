"""Addresses of planned steps; the calendar moves one to another day, too."""

from django.urls import path

from wendu.web.steps import changing, views

app_name = "steps"
urlpatterns = [
    path("whom/", views.whom, name="whom"),
    path("new/", views.new, name="new"),
    path("<uuid:uuid>/", changing.change, name="change"),
    path("<uuid:uuid>/unchanging/", changing.unchanging, name="unchange"),
    path("<uuid:uuid>/completion/", views.completion, name="completion"),
    path("<uuid:uuid>/cancelling/", views.cancelling, name="cancelling"),
    path("<uuid:uuid>/reopening/", views.reopening, name="reopening"),
]
