"""The address of the search."""

from django.urls import path

from wendu.web.search import views

app_name = "search"
urlpatterns = [path("", views.find, name="find")]
