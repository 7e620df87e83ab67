"""Addresses of Today and of what is settled or put off there."""

from django.urls import path

from wendu.web.today import views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("<uuid:uuid>/rest/", views.rest, name="rest"),
    path("<uuid:uuid>/return/", views.take_back, name="return"),
    path("promises/<uuid:uuid>/keeping/", views.keeping, name="keep"),
    path("promises/<uuid:uuid>/reopening/", views.promise_reopening, name="reopen_promise"),
    path("commitments/<uuid:uuid>/doing/", views.doing, name="do"),
    path("commitments/<uuid:uuid>/reopening/", views.commitment_reopening, name="reopen_commitment"),
]
