"""Addresses of the installed app; the worker and the manifest stand at the root, for the whole site is theirs."""

from django.urls import path

from wendu.web.offline import pages, sent

app_name = "offline"
urlpatterns = [
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path("worker.js", pages.worker, name="worker"),
    path("offline/", pages.waiting, name="waiting"),
    path("offline/page/<slug:language>/", pages.page, name="page"),
    path("offline/shelf/", sent.shelf, name="shelf"),
    path("offline/touches/", sent.take, name="touches"),
]
