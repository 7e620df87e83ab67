"""Addresses of orders."""

from django.urls import path

from wendu.web.agreements import money, subscriptions, views

app_name = "agreements"
urlpatterns = [
    path("of/<uuid:uuid>/", views.orders, name="orders"),
    path("of/<uuid:uuid>/new/", views.new, name="new"),
    path("due/", money.due, name="due"),
    path("subscriptions/", subscriptions.renewing, name="subscriptions"),
    path("subscriptions/of/<uuid:uuid>/new/", subscriptions.new, name="subscription_new"),
    path("subscriptions/<uuid:uuid>/", subscriptions.page, name="subscription"),
    path("subscriptions/<uuid:uuid>/details/", subscriptions.details, name="subscription_details"),
    path("subscriptions/<uuid:uuid>/renewal/", subscriptions.renewal, name="subscription_renewal"),
    path("subscriptions/<uuid:uuid>/ending/", subscriptions.ending, name="subscription_ending"),
    path("subscriptions/<uuid:uuid>/step_back/", subscriptions.step_back, name="subscription_step_back"),
    path("subscriptions/<uuid:uuid>/deletion/", subscriptions.deletion, name="subscription_deletion"),
    path("subscriptions/<uuid:uuid>/restoration/", subscriptions.restoration, name="subscription_restoration"),
    path("receipts/<uuid:uuid>/", money.receipt, name="receipt"),
    path("receipts/<uuid:uuid>/withdrawal/", money.receipt_withdrawal, name="receipt_withdrawal"),
    path("receipts/<uuid:uuid>/restoration/", money.receipt_restoration, name="receipt_restoration"),
    path("returns/<uuid:uuid>/withdrawal/", money.return_withdrawal, name="return_withdrawal"),
    path("returns/<uuid:uuid>/restoration/", money.return_restoration, name="return_restoration"),
    path("<uuid:uuid>/page/", money.page, name="page"),
    path("<uuid:uuid>/dues/", money.dues, name="dues"),
    path("<uuid:uuid>/receipts/new/", money.receipt_new, name="receipt_new"),
    path("<uuid:uuid>/returns/new/", money.return_new, name="return_new"),
    path("<uuid:uuid>/moving/", money.moving, name="moving"),
    path("<uuid:uuid>/", views.correction, name="correction"),
    path("<uuid:uuid>/cancelling/", views.cancelling, name="cancelling"),
    path("<uuid:uuid>/uncancelling/", views.uncancelling, name="uncancelling"),
    path("<uuid:uuid>/deletion/", views.deletion, name="deletion"),
    path("<uuid:uuid>/restoration/", views.restoration, name="restoration"),
]
