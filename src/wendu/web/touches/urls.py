"""Addresses of touches."""

from django.urls import URLPattern

app_name = "touches"
urlpatterns: list[URLPattern] = []
