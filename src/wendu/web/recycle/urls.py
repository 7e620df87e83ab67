"""Addresses of the recycle bin."""

from django.urls import path

from wendu.web.recycle import views

app_name = "recycle"
urlpatterns = [
    path("", views.bin_page, name="list"),
    path("<str:kind>/<uuid:uuid>/purging/", views.purging, name="purging"),
]
