"""Addresses of customers."""

from django.urls import path

from wendu.web.customers import columns, composing, edits, hands, judging, leaving, lists, people, placing, views

app_name = "customers"
urlpatterns = [
    path("", lists.customers, name="list"),
    path("filter/", composing.composing, name="composing"),
    path("columns/", columns.columns, name="columns"),
    path("new/", views.new, name="new"),
    path("similar/", views.similar, name="similar"),
    path("<uuid:uuid>/", views.page, name="page"),
    path("<uuid:uuid>/peek/", placing.peek, name="peek"),
    path("<uuid:uuid>/details/", views.details, name="details"),
    path("<uuid:uuid>/corrections/", edits.edits, name="edits"),
    path("<uuid:uuid>/deletion/", views.deletion, name="deletion"),
    path("<uuid:uuid>/restoration/", views.restoration, name="restoration"),
    path("<uuid:uuid>/owner/", hands.owner, name="owner"),
    path("<uuid:uuid>/owner/undoing/", hands.owner_undoing, name="owner_undoing"),
    path("<uuid:uuid>/collaborators/", hands.collaborators, name="collaborators"),
    path("<uuid:uuid>/collaborators/<uuid:user>/removal/", hands.collaborator_removal, name="collaborator_removal"),
    path("<uuid:uuid>/tags/", hands.tags, name="tags"),
    path("<uuid:uuid>/tags/<uuid:tag>/removal/", hands.tag_removal, name="tag_removal"),
    path("<uuid:uuid>/rest/", hands.rest, name="rest"),
    path("<uuid:uuid>/waking/", hands.waking, name="waking"),
    path("<uuid:uuid>/churn/", leaving.churn, name="churn"),
    path("<uuid:uuid>/churn/undoing/", leaving.churn_undoing, name="churn_undoing"),
    path("<uuid:uuid>/class/", judging.override, name="override"),
    path("<uuid:uuid>/class/end/", judging.override_end, name="override_end"),
    path("<uuid:uuid>/requalification/", judging.requalification, name="requalification"),
    path("<uuid:uuid>/answers/", judging.answers, name="answers"),
    path("<uuid:uuid>/quiet/", judging.quiet, name="quiet"),
    path("<uuid:uuid>/problems/", judging.problems, name="problems"),
    path("<uuid:uuid>/fields/", judging.fields, name="fields"),
    path("<uuid:uuid>/contacts/new/", people.new, name="contact_new"),
    path("<uuid:uuid>/points/<int:pk>/removal/", people.point_removal, name="point_removal"),
    path("contacts/<uuid:uuid>/", people.edit, name="contact"),
    path("contacts/<uuid:uuid>/main/", people.main, name="contact_main"),
    path("contacts/<uuid:uuid>/points/", people.points, name="contact_points"),
    path("contacts/<uuid:uuid>/deletion/", people.deletion, name="contact_deletion"),
    path("contacts/<uuid:uuid>/restoration/", people.restoration, name="contact_restoration"),
]
