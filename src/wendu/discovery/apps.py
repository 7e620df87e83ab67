"""The room as Django knows it."""

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    """What we found out about demands and trust."""

    name = "wendu.discovery"
    label = "discovery"
