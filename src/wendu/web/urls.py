"""Every address of the pages; a new page is listed here or it does not exist."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from wendu.web import components_sheet

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="today:today"), name="home"),
    path("today/", include("wendu.web.today.urls")),
    path("customers/bulk/", include("wendu.web.bulk.urls")),
    path("customers/", include("wendu.web.customers.urls")),
    path("calendar/", include("wendu.web.calendar.urls")),
    path("exports/", include("wendu.web.exports.urls")),
    path("imports/", include("wendu.web.imports.urls")),
    path("views/", include("wendu.web.saved_views.urls")),
    path("quadrants/", include("wendu.web.quadrants.urls")),
    path("opportunities/", include("wendu.web.opportunities.urls")),
    path("library/", include("wendu.web.library.urls")),
    path("quotes/", include("wendu.web.quotes.urls")),
    path("orders/", include("wendu.web.agreements.urls")),
    path("care/", include("wendu.web.care.urls")),
    path("worth/", include("wendu.web.worth.urls")),
    path("touches/", include("wendu.web.touches.urls")),
    path("steps/", include("wendu.web.steps.urls")),
    path("talks/", include("wendu.web.talks.urls")),
    path("team/", include("wendu.web.team.urls")),
    path("search/", include("wendu.web.search.urls")),
    path("notifications/", include("wendu.web.notifications.urls")),
    path("preferences/", include("wendu.web.preferences.urls")),
    path("duplicates/", include("wendu.web.duplicates.urls")),
    path("merges/", include("wendu.web.merges.urls")),
    path("recycle/", include("wendu.web.recycle.urls")),
    path("settings/", include("wendu.web.settings.urls")),
    path("invitation/", include("wendu.web.invitation.urls")),
    path("backups/", include("wendu.web.backups.urls")),
    path("", include("wendu.web.offline.urls")),
    path("components/", components_sheet.sheet, name="components"),
]
