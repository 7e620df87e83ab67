"""Addresses of touches and of what they leave behind."""

from django.urls import path

from wendu.web.touches import settling, views

app_name = "touches"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("effect/", views.effect, name="effect"),
    path("<uuid:uuid>/", views.page, name="page"),
    path("<uuid:uuid>/undoing/", views.undoing, name="undoing"),
    path("<uuid:uuid>/restoration/", views.restoration, name="restoration"),
    path("promises/<uuid:uuid>/settlement/", settling.promise_settlement, name="promise_settlement"),
    path("promises/<uuid:uuid>/reopening/", settling.promise_reopening, name="promise_reopening"),
    path("commitments/<uuid:uuid>/settlement/", settling.commitment_settlement, name="commitment_settlement"),
    path("commitments/<uuid:uuid>/reopening/", settling.commitment_reopening, name="commitment_reopening"),
    path("tails/<uuid:uuid>/closing/", settling.tail_closing, name="tail_closing"),
    path("tails/<uuid:uuid>/reopening/", settling.tail_reopening, name="tail_reopening"),
    path("quiet/<uuid:uuid>/withdrawal/", settling.quiet_withdrawal, name="quiet_withdrawal"),
]
