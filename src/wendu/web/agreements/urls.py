"""Addresses of orders."""

from django.urls import path

from wendu.web.agreements import views

app_name = "agreements"
urlpatterns = [
    path("of/<uuid:uuid>/", views.orders, name="orders"),
    path("of/<uuid:uuid>/new/", views.new, name="new"),
    path("<uuid:uuid>/", views.correction, name="correction"),
    path("<uuid:uuid>/cancelling/", views.cancelling, name="cancelling"),
    path("<uuid:uuid>/uncancelling/", views.uncancelling, name="uncancelling"),
    path("<uuid:uuid>/deletion/", views.deletion, name="deletion"),
    path("<uuid:uuid>/restoration/", views.restoration, name="restoration"),
]
