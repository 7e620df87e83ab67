"""Addresses of one's own preferences."""

from django.urls import path

from wendu.web.preferences import views

app_name = "preferences"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
