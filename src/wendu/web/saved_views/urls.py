"""Addresses of saved views."""

from django.urls import path

from wendu.web.saved_views import keeping, views

app_name = "saved_views"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("first/removal/", keeping.first_removal, name="first_removal"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/renaming/", views.renaming, name="renaming"),
    path("<uuid:uuid>/sharing/", views.sharing, name="sharing"),
    path("<uuid:uuid>/return/", views.taking_back, name="taking_back"),
    path("<uuid:uuid>/deletion/", views.deletion, name="deletion"),
    path("<uuid:uuid>/restoration/", views.restoration, name="restoration"),
    path("<uuid:uuid>/pin/", keeping.pin, name="pin"),
    path("<uuid:uuid>/pin/removal/", keeping.pin_removal, name="pin_removal"),
    path("<uuid:uuid>/first/", keeping.first, name="first"),
    path("<uuid:uuid>/roles/", keeping.roles, name="roles"),
]
