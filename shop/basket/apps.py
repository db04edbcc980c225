from django.urls import path
from oscar.apps.basket import apps


class BasketConfig(apps.BasketConfig):
    """Replaces Oscar's basket addresses: lines change one by one and undo, and there is no 'saved for later'."""

    name = "shop.basket"

    def ready(self):
        from oscar.core.loading import get_class

        self.add_voucher_view = get_class("basket.views", "VoucherAddView")
        self.remove_voucher_view = get_class("basket.views", "VoucherRemoveView")

    def get_urls(self):
        from . import views

        return self.post_process_urls(
            [
                path("", views.BasketView.as_view(), name="summary"),
                path("konfirmasi/<int:pk>/", views.ConfirmView.as_view(), name="confirm"),
                path("add/<int:pk>/", views.AddView.as_view(), name="add"),
                path("baris/<int:pk>/", views.LineView.as_view(), name="line"),
                path("urungkan/", views.UndoView.as_view(), name="undo"),
                path("vouchers/add/", self.add_voucher_view.as_view(), name="vouchers-add"),
                path("vouchers/<int:pk>/remove/", self.remove_voucher_view.as_view(), name="vouchers-remove"),
            ]
        )
