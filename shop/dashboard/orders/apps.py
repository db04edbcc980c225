from django.urls import path
from oscar.apps.dashboard.orders import apps

SEE = ["is_staff", "order.view_order"]
FULFIL = [*SEE, "order.fulfil_order"]
#: Cancelling and paying back both send money out of the house.
PAY_BACK = [*SEE, "order.refund_order"]
SEE_MONEY = ["is_staff", "payment.view_paymentattempt"]


class OrdersDashboardConfig(apps.OrdersDashboardConfig):
    """Orders, their parcels, and the payments that wait for a person.

    Replaces Oscar's addresses. Its order statistics and its page of a single line are left out: the first counts
    cancelled orders as revenue, the second shows nothing that the order's page does not.
    """

    name = "shop.dashboard.orders"

    def configure_permissions(self):
        self.permissions_map = {
            "order-list": SEE,
            "order-detail": SEE,
            "order-note": [*SEE, "order.change_order"],
            "order-shipping-address": [*SEE, "order.change_order"],
            "order-cancel": [*FULFIL, "order.refund_order"],
            "order-refund": PAY_BACK,
            "parcel-pack": FULFIL,
            "parcel-ship": FULFIL,
            "parcel-tracking": FULFIL,
            "parcel-cancel": [*FULFIL, "order.refund_order"],
            "parcel-slip": SEE,
            "transfer-list": SEE_MONEY,
            "transfer-confirm": [*SEE_MONEY, "payment.confirm_transfer"],
            "transfer-close": [*SEE_MONEY, "payment.confirm_transfer"],
            "refund-list": SEE_MONEY,
            "refund-done": [*SEE_MONEY, "order.refund_order"],
            "attempt-ask": [*SEE_MONEY, "order.refund_order"],
            "attempt-refund": [*SEE_MONEY, "order.refund_order"],
            "attempt-write-off": [*SEE_MONEY, "order.refund_order"],
        }

    def ready(self):
        self.configure_permissions()

    def get_urls(self):
        from . import fulfilment, payments, views

        parcel = "<str:number>/<int:parcel_number>"
        return self.post_process_urls(
            [
                path("", views.OrderListView.as_view(), name="order-list"),
                path("transfers/", payments.TransferListView.as_view(), name="transfer-list"),
                path("transfers/<int:pk>/confirm/", payments.ConfirmTransferView.as_view(), name="transfer-confirm"),
                path("transfers/<int:pk>/close/", payments.CloseTransferView.as_view(), name="transfer-close"),
                path("refunds/", payments.RefundListView.as_view(), name="refund-list"),
                path("refunds/<int:pk>/done/", payments.RefundDoneView.as_view(), name="refund-done"),
                path("payments/<int:pk>/ask/", payments.AskGatewayView.as_view(), name="attempt-ask"),
                path("payments/<int:pk>/refund/", payments.RefundAttemptView.as_view(), name="attempt-refund"),
                path("payments/<int:pk>/write-off/", payments.WriteOffView.as_view(), name="attempt-write-off"),
                path("<str:number>/", views.OrderDetailView.as_view(), name="order-detail"),
                path("<str:number>/note/", views.OrderNoteView.as_view(), name="order-note"),
                path("<str:number>/shipping-address/", views.AddressView.as_view(), name="order-shipping-address"),
                path("<str:number>/cancel/", fulfilment.CancelOrderView.as_view(), name="order-cancel"),
                path("<str:number>/refund/", fulfilment.RefundOrderView.as_view(), name="order-refund"),
                path(f"{parcel}/pack/", fulfilment.PackView.as_view(), name="parcel-pack"),
                path(f"{parcel}/ship/", fulfilment.ShipView.as_view(), name="parcel-ship"),
                path(f"{parcel}/tracking/", fulfilment.CorrectTrackingView.as_view(), name="parcel-tracking"),
                path(f"{parcel}/cancel/", fulfilment.CancelParcelView.as_view(), name="parcel-cancel"),
                path(f"{parcel}/slip/", fulfilment.SlipView.as_view(), name="parcel-slip"),
            ]
        )
