"""Addresses of opportunities."""

from django.urls import path

from wendu.web.opportunities import course, findings, losses, proposals, reports, solutions, stages, views

app_name = "opportunities"
urlpatterns = [
    path("", views.deals, name="list"),
    path("board/", stages.board, name="board"),
    path("board/<slug:stage>/", stages.column, name="column"),
    path("forecast/", reports.forecast, name="forecast"),
    path("record/", reports.record, name="record"),
    path("new/", views.new, name="new"),
    path("whom/", views.whom, name="whom"),
    path("losses/", losses.losses, name="losses"),
    path("<uuid:uuid>/", views.page, name="page"),
    path("<uuid:uuid>/details/", views.details, name="details"),
    path("<uuid:uuid>/deletion/", views.deletion, name="deletion"),
    path("<uuid:uuid>/restoration/", views.restoration, name="restoration"),
    path("<uuid:uuid>/stage/", course.stage, name="stage"),
    path("<uuid:uuid>/closure/", course.closure, name="closure"),
    path("<uuid:uuid>/loss/", course.loss, name="loss"),
    path("<uuid:uuid>/closure/withdrawal/", course.withdrawal, name="withdrawal"),
    path("<uuid:uuid>/reopening/", course.reopening, name="reopening"),
    path("<uuid:uuid>/pause/", course.pause, name="pause"),
    path("<uuid:uuid>/resumption/", course.resumption, name="resumption"),
    path("<uuid:uuid>/owner/", course.owner, name="owner"),
    path("<uuid:uuid>/influencers/", course.influencers, name="influencers"),
    path("<uuid:uuid>/influencers/<uuid:part>/", course.influencer, name="influencer"),
    path("<uuid:uuid>/influencers/<uuid:part>/removal/", course.influencer_removal, name="influencer_removal"),
    path("<uuid:uuid>/findings/<slug:kind>/", findings.new, name="findings"),
    path("<uuid:uuid>/findings/<slug:kind>/<uuid:row>/", findings.correction, name="finding"),
    path("<uuid:uuid>/findings/<slug:kind>/<uuid:row>/removal/", findings.removal, name="finding_removal"),
    path("<uuid:uuid>/findings/<slug:kind>/<uuid:row>/restoration/", findings.restoration, name="finding_restoration"),
    path("<uuid:uuid>/solutions/", solutions.use, name="solutions"),
    path("<uuid:uuid>/solutions/<uuid:row>/removal/", solutions.removal, name="solution_removal"),
    path("<uuid:uuid>/solutions/<uuid:row>/restoration/", solutions.restoration, name="solution_restoration"),
    path("<uuid:uuid>/proposals/", proposals.new, name="proposals"),
    path("<uuid:uuid>/proposals/<uuid:row>/", proposals.page, name="proposal"),
    path("<uuid:uuid>/proposals/<uuid:row>/sections/<slug:section>/", proposals.section, name="proposal_section"),
    path("<uuid:uuid>/proposals/<uuid:row>/filling/", proposals.filling, name="proposal_filling"),
    path("<uuid:uuid>/proposals/<uuid:row>/sending/", proposals.sending, name="proposal_sending"),
    path("<uuid:uuid>/proposals/<uuid:row>/version/", proposals.version, name="proposal_version"),
    path("<uuid:uuid>/proposals/<uuid:row>/removal/", proposals.removal, name="proposal_removal"),
    path("<uuid:uuid>/proposals/<uuid:row>/restoration/", proposals.restoration, name="proposal_restoration"),
    path("<uuid:uuid>/proposals/<uuid:row>/file/<slug:ending>/", proposals.file, name="proposal_file"),
    path("<uuid:uuid>/promotion/", solutions.promotion, name="promotion"),
]
