from django.urls import path
from oscar.apps.search import apps


class SearchConfig(apps.SearchConfig):
    """Replaces Oscar's search, which is made for Haystack, by one on Wagtail's index."""

    name = "shop.search"

    def ready(self):
        from . import receivers  # noqa: F401
        from .views import SearchView

        self.search_view = SearchView

    def get_urls(self):
        return self.post_process_urls([path("", self.search_view.as_view(), name="search")])
