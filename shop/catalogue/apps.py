from django.urls import path, re_path
from oscar.apps.catalogue import apps


class CatalogueConfig(apps.CatalogueConfig):
    """Replaces Oscar's addresses: a shelf is found by its slugs alone, and reviews have no page."""

    name = "shop.catalogue"

    def get_urls(self):
        return self.post_process_urls(
            [
                path("", self.catalogue_view.as_view(), name="index"),
                re_path(r"^karya/(?P<product_slug>[\w-]*)_(?P<pk>\d+)/$", self.detail_view.as_view(), name="detail"),
                re_path(r"^pilihan/(?P<slug>[\w-]+)/$", self.range_view.as_view(), name="range"),
                # Last: it answers to every path that is left.
                re_path(r"^(?P<category_slug>[\w-]+(/[\w-]+)*)/$", self.category_view.as_view(), name="category"),
            ]
        )
