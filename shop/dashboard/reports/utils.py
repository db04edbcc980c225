"""What ``get_class("dashboard.reports.utils", …)`` finds before Oscar's own. The name is Oscar's."""

from oscar.apps.dashboard.reports import utils


class OpenBasketReportGenerator(utils.OpenBasketReportGenerator):
    """Oscar's, in an order: it is shown in pages."""

    queryset = utils.OpenBasketReportGenerator.queryset.order_by("-date_created", "-pk")


class SubmittedBasketReportGenerator(utils.SubmittedBasketReportGenerator):
    """Oscar's, in an order: it is shown in pages."""

    queryset = utils.SubmittedBasketReportGenerator.queryset.order_by("-date_submitted", "-pk")


class GeneratorRepository(utils.GeneratorRepository):
    """Replaces Oscar's list of reports: its product and user analytics count what its own views and its own way to an
    order report, and ours do not, so they would show noughts."""

    generators = [
        utils.OrderReportGenerator,
        OpenBasketReportGenerator,
        SubmittedBasketReportGenerator,
        utils.VoucherReportGenerator,
        utils.OfferReportGenerator,
    ]
