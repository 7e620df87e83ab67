"""The web door as an app: its templates, tags and files come before those of the libraries."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wendu.web"
