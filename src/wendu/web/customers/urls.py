"""Addresses of customers."""

from django.urls import path

from wendu.web.customers import lists

app_name = "customers"
urlpatterns = [path("", lists.customers, name="list")]
