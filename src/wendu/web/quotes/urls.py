"""Addresses of quotes."""

from django.urls import path

from wendu.web.quotes import lines, views

app_name = "quotes"
urlpatterns = [
    path("of/<uuid:uuid>/", views.new, name="new"),
    path("<uuid:uuid>/", views.page, name="page"),
    path("<uuid:uuid>/print/", views.paper, name="paper"),
    path("<uuid:uuid>/details/", views.details, name="details"),
    path("<uuid:uuid>/asking/", views.asking, name="asking"),
    path("<uuid:uuid>/decision/", views.decision, name="decision"),
    path("<uuid:uuid>/sending/", views.sending, name="sending"),
    path("<uuid:uuid>/answer/", views.answer, name="answer"),
    path("<uuid:uuid>/lines/", lines.new, name="lines"),
    path("<uuid:uuid>/lines/<uuid:row>/", lines.correction, name="line"),
    path("<uuid:uuid>/lines/<uuid:row>/removal/", lines.removal, name="line_removal"),
    path("<uuid:uuid>/lines/<uuid:row>/restoration/", lines.restoration, name="line_restoration"),
]
