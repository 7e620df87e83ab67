"""Addresses of orders."""

from django.urls import path

from wendu.web.agreements import contracts, money, removals, subscriptions, views

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
    path("subscriptions/<uuid:uuid>/deletion/", removals.subscription_deletion, name="subscription_deletion"),
    path("subscriptions/<uuid:uuid>/restoration/", removals.subscription_restoration, name="subscription_restoration"),
    path("contracts/", contracts.ending, name="contracts"),
    path("contracts/of/<uuid:uuid>/new/", contracts.new, name="contract_new"),
    path("about/<uuid:uuid>/", contracts.of_deal, name="of_deal"),
    path("contracts/<uuid:uuid>/", contracts.page, name="contract"),
    path("contracts/<uuid:uuid>/details/", contracts.details, name="contract_details"),
    path("contracts/<uuid:uuid>/moving/", contracts.moving, name="contract_moving"),
    path("contracts/<uuid:uuid>/step_back/", contracts.step_back, name="contract_step_back"),
    path("contracts/<uuid:uuid>/deletion/", removals.contract_deletion, name="contract_deletion"),
    path("contracts/<uuid:uuid>/restoration/", removals.contract_restoration, name="contract_restoration"),
    path("receipts/<uuid:uuid>/", money.receipt, name="receipt"),
    path("receipts/<uuid:uuid>/withdrawal/", removals.receipt_withdrawal, name="receipt_withdrawal"),
    path("receipts/<uuid:uuid>/restoration/", removals.receipt_restoration, name="receipt_restoration"),
    path("returns/<uuid:uuid>/withdrawal/", removals.return_withdrawal, name="return_withdrawal"),
    path("returns/<uuid:uuid>/restoration/", removals.return_restoration, name="return_restoration"),
    path("<uuid:uuid>/page/", money.page, name="page"),
    path("<uuid:uuid>/dues/", money.dues, name="dues"),
    path("<uuid:uuid>/receipts/new/", money.receipt_new, name="receipt_new"),
    path("<uuid:uuid>/returns/new/", money.return_new, name="return_new"),
    path("<uuid:uuid>/moving/", money.moving, name="moving"),
    path("<uuid:uuid>/", views.correction, name="correction"),
    path("<uuid:uuid>/cancelling/", views.cancelling, name="cancelling"),
    path("<uuid:uuid>/uncancelling/", views.uncancelling, name="uncancelling"),
    path("<uuid:uuid>/deletion/", removals.order_deletion, name="deletion"),
    path("<uuid:uuid>/restoration/", removals.order_restoration, name="restoration"),
]
