"""The curators' desk at ``/kelola/pameran/``: pages of Wagtail's admin that take a fair from its plan to its report.

Pages are polite, services decide: each action calls a verb of ``shop.exhibitions.services`` and shows what it refuses.
"""
