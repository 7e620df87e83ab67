"""Addresses of merges and duplicates."""

from django.urls import path

from wendu.web.merges import views

app_name = "merges"
urlpatterns = [
    path("", views.merges, name="list"),
    path("<uuid:uuid>/parting/", views.parting, name="parting"),
    path("with/<uuid:uuid>/", views.whom, name="whom"),
    path("with/<uuid:uuid>/<uuid:other>/", views.beside, name="beside"),
    path("with/<uuid:uuid>/<uuid:other>/outlook/", views.foreseen_page, name="outlook"),
    path("people/<uuid:uuid>/", views.people, name="people"),
    path("people/<uuid:uuid>/<uuid:other>/", views.persons, name="persons"),
]
