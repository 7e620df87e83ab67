"""The address of an invitation."""

from django.urls import path

from wendu.web.invitation import views

app_name = "invitation"
urlpatterns = [path("<str:token>/", views.accept, name="accept")]
