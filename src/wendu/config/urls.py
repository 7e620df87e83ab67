"""Where everything is: health first, then signing in, then the product."""

from django.urls import include, path

from wendu.config import health

urlpatterns = [
    path("healthz/live", health.live, name="health-live"),
    path("healthz/ready", health.ready, name="health-ready"),
    path("healthz/worker", health.worker, name="health-worker"),
    path("accounts/", include("wendu.config.accounts")),
    path("", include("wendu.web.urls")),
]
