"""Addresses of duplicates."""

from django.urls import path

from wendu.web.duplicates import views

app_name = "duplicates"
urlpatterns = [
    path("", views.pairs, name="list"),
    path("apart/", views.apart, name="apart"),
    path("reach/", views.reach, name="reach"),
    path("searches/<uuid:uuid>/stop/", views.stop, name="stop"),
    path("searches/<uuid:uuid>/resumption/", views.resumption, name="resumption"),
    path("<uuid:uuid>/<uuid:other>/apart/", views.telling_apart, name="telling_apart"),
    path("apart/<uuid:uuid>/return/", views.returning, name="returning"),
]
