"""Addresses of what customers are worth."""

from django.urls import path

from wendu.web.worth import views

app_name = "worth"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("again/", views.again, name="again"),
    path("next/", views.next_need, name="next_need"),
    path("lanes/", views.lanes, name="lanes"),
    path("model/", views.model, name="model"),
    path("of/<uuid:uuid>/", views.customer, name="customer"),
]
