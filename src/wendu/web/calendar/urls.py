"""Addresses of the rhythm calendar."""

from django.urls import path

from wendu.web.calendar import feed, views

app_name = "calendar"
urlpatterns = [
    path("", views.calendar, name="page"),
    path("feed/<str:secret>.ics", feed.feed, name="feed"),
    path("subscription/", feed.subscription, name="subscription"),
    path("subscription/ending/", feed.ending, name="subscription_end"),
    path("subscription/return/", feed.returning, name="subscription_return"),
    path("<uuid:uuid>/", views.move, name="move"),
]
