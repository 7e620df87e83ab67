"""Addresses of the library of solutions."""

from django.urls import path

from wendu.web.library import pieces, views

app_name = "library"
urlpatterns = [
    path("", views.shelf, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:uuid>/", views.page, name="page"),
    path("<uuid:uuid>/details/", views.details, name="details"),
    path("<uuid:uuid>/sheet/", views.product_sheet, name="sheet"),
    path("<uuid:uuid>/publication/", views.publication, name="publication"),
    path("<uuid:uuid>/retirement/", views.retirement, name="retirement"),
    path("<uuid:uuid>/return/", views.reinstatement, name="return"),
    path("<uuid:uuid>/<slug:kind>/", pieces.new, name="pieces"),
    path("<uuid:uuid>/<slug:kind>/<uuid:row>/", pieces.correction, name="piece"),
    path("<uuid:uuid>/<slug:kind>/<uuid:row>/removal/", pieces.removal, name="piece_removal"),
    path("<uuid:uuid>/<slug:kind>/<uuid:row>/restoration/", pieces.restoration, name="piece_restoration"),
]
