"""Addresses of prepared talks."""

from django.urls import path

from wendu.web.talks import bank, views

app_name = "talks"
urlpatterns = [
    path("questions/", bank.questions, name="bank"),
    path("new/", views.new, name="new"),
    path("<uuid:uuid>/", views.page, name="page"),
    path("<uuid:uuid>/details/", views.details, name="details"),
    path("<uuid:uuid>/questions/", bank.picking, name="picking"),
    path("<uuid:uuid>/companion/", views.companion, name="companion"),
    path("<uuid:uuid>/removal/", views.removal, name="removal"),
    path("<uuid:uuid>/restoration/", views.restoration, name="restoration"),
]
