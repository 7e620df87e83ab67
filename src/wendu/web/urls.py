"""Every address of the pages; a new page is listed here or it does not exist."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
