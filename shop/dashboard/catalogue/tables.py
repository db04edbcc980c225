"""What ``get_class("dashboard.catalogue.tables", …)`` finds before Oscar's own."""

from django.urls import reverse
from django.utils.html import format_html
from oscar.apps.dashboard.catalogue import tables


class CategoryTable(tables.CategoryTable):
    """Replaces Oscar's, which puts a shelf's name as it is into the page once one has searched for it."""

    def render_name(self, value, record):
        url = reverse("dashboard:catalogue-category-update", args=[record.pk])
        name = record.full_name if self.request.GET.get("name") else value
        return format_html('<a href="{}">{}</a>', url, name)

    class Meta(tables.CategoryTable.Meta):
        pass
