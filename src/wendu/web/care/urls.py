"""Addresses of what keeps customers."""

from django.urls import path

from wendu.web.care import views

app_name = "care"
urlpatterns = [
    path("of/<uuid:uuid>/", views.answers, name="answers"),
    path("of/<uuid:uuid>/new/", views.new, name="new"),
    path("satisfaction/<uuid:uuid>/", views.correction, name="correction"),
    path("satisfaction/<uuid:uuid>/deletion/", views.deletion, name="deletion"),
    path("satisfaction/<uuid:uuid>/restoration/", views.restoration, name="restoration"),
]
