"""Addresses of planned steps; another day for one is chosen in the calendar."""

from django.urls import path

from wendu.web.steps import views

app_name = "steps"
urlpatterns = [
    path("whom/", views.whom, name="whom"),
    path("new/", views.new, name="new"),
    path("<uuid:uuid>/completion/", views.completion, name="completion"),
    path("<uuid:uuid>/cancelling/", views.cancelling, name="cancelling"),
    path("<uuid:uuid>/reopening/", views.reopening, name="reopening"),
]
