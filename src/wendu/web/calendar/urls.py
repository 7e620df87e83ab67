"""Addresses of the rhythm calendar."""

from django.urls import path

from wendu.web.calendar import feed, moving, views

app_name = "calendar"
urlpatterns = [
    path("", views.calendar, name="page"),
    path("feed/<str:secret>.ics", feed.feed, name="feed"),
    path("subscription/", feed.subscription, name="subscription"),
    path("subscription/ending/", feed.ending, name="subscription_end"),
    path("subscription/return/", feed.returning, name="subscription_return"),
    path("plans/<uuid:uuid>/", moving.move_plan, name="plan"),
    path("<uuid:uuid>/", moving.move, name="move"),
    path("<uuid:uuid>/return/<uuid:owner>/", moving.take_back, name="return"),
]
