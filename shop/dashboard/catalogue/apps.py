from django.urls import path
from oscar.apps.dashboard.catalogue import apps


class CatalogueDashboardConfig(apps.CatalogueDashboardConfig):
    """Adds a lookup of pictures to Oscar's addresses, for whoever may change a product."""

    name = "shop.dashboard.catalogue"

    def configure_permissions(self):
        super().configure_permissions()
        self.permissions_map["catalogue-picture-lookup"] = self.permissions_map["catalogue-product"]

    def get_urls(self):
        from .views import PictureLookupView

        lookup = path("pictures/lookup/", PictureLookupView.as_view(), name="catalogue-picture-lookup")
        return [*self.post_process_urls([lookup]), *super().get_urls()]
