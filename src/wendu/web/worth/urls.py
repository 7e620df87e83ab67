"""Addresses of what customers are worth."""

from django.urls import path

from wendu.web.worth import views

app_name = "worth"
urlpatterns = [
    path("model/", views.model, name="model"),
    path("of/<uuid:uuid>/", views.customer, name="customer"),
]
