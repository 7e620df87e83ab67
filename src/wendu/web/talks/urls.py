"""Addresses of prepared talks."""

from django.urls import path

from wendu.web.talks import bank

app_name = "talks"
urlpatterns = [
    path("questions/", bank.questions, name="bank"),
]
