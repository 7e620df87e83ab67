"""Addresses of Today and of what is put off there."""

from django.urls import path

from wendu.web.today import views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("<uuid:uuid>/rest/", views.rest, name="rest"),
    path("<uuid:uuid>/return/", views.take_back, name="return"),
]
