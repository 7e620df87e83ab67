"""Addresses of what customers are worth."""

from django.urls import path

from wendu.web.worth import datasheet, pairings, views

app_name = "worth"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("again/", views.again, name="again"),
    path("next/", views.next_need, name="next_need"),
    path("next/rules/new/", pairings.new, name="pairing_new"),
    path("next/rules/<uuid:uuid>/removal/", pairings.removal, name="pairing_removal"),
    path("next/rules/<uuid:uuid>/restoration/", pairings.restoration, name="pairing_restoration"),
    path("stock/", views.stock, name="stock"),
    path("sources/", views.sources, name="sources"),
    path("lanes/", views.lanes, name="lanes"),
    path("reasons/", datasheet.unexplained, name="unexplained"),
    path("model/", views.model, name="model"),
    path("of/<uuid:uuid>/", views.customer, name="customer"),
    path("of/<uuid:uuid>/sheet/", datasheet.sheet, name="sheet"),
]
