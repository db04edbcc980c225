"""What can be refused around a fair. ``str(error)`` is fit to be shown to whoever asked, in their language."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class FairError(Exception):
    """A refusal. What it refused has not happened, not in part either."""


class DeskError(FairError):
    """A curator is refused. ``words`` say why and what helps; they may name things by the keywords of the error."""

    words: Any = ""

    def __init__(self, **told: Any):
        self.told = told
        super().__init__(told)

    def __str__(self) -> str:
        return str(self.words) % self.told


class WrongStep(DeskError):
    """``status`` is where the fair stands."""

    words = _("The fair is at “%(status)s”, where this is not done.")


class NotYet(DeskError):
    """Something is left to do first: ``todo`` is a list of ``queries.Todo``."""

    def __init__(self, todo: list[Any]):
        self.todo = todo
        super().__init__()

    def __str__(self) -> str:
        return " ".join(str(left.text) for left in self.todo)


class TooFew(DeskError):
    """Somewhere there are fewer pieces than are asked for. ``pieces``: (title, asked, there)."""

    def __init__(self, pieces: list[tuple[str, int, int]]):
        self.pieces = pieces
        super().__init__()

    def __str__(self) -> str:
        words = _("%(title)s: %(asked)d asked for, %(there)d there.")
        return " ".join(words % {"title": title, "asked": asked, "there": there} for title, asked, there in self.pieces)


class MadeToOrder(DeskError):
    words = _("%(sku)s is made to order and has no stock to send.")


class OtherMaker(DeskError):
    words = _("%(title)s is not a piece of %(maker)s.")


class BadFigure(DeskError):
    words = _("Quantities and prices are whole numbers above nought.")


class EmptyList(DeskError):
    words = _("There is nothing on the packing list.")


class NotSigned(DeskError):
    words = _("Who hands the pieces over signs with their name.")


class ListIsFixed(DeskError):
    """The packing list has gone further and is not changed any more."""

    words = _("The packing list is at “%(status)s” and is not changed any more.")


class LineIsGone(DeskError):
    words = _("This line was taken off the list meanwhile.")


class ReceivedOtherwise(DeskError):
    words = _("This list was counted before, with other figures. What differs is a discrepancy to resolve.")


class CountIncomplete(DeskError):
    """``lines``: those that were not counted, or are not on the list."""

    words = _("Every line of the list is counted, also those of which nothing came.")


class CodeStoodForAnother(DeskError):
    words = _("This form was sent before with other content. Load the page anew.")


class CountIsBooked(DeskError):
    words = _("The count is booked. What differs from it is a discrepancy to resolve.")


class ReasonIsMissing(DeskError):
    words = _("Say why.")


class ResolvedOtherwise(DeskError):
    words = _("This was resolved before as “%(resolution)s”.")


class BadResolution(DeskError):
    words = _("“%(resolution)s” is no answer to “%(kind)s”.")


class MoreThanMissing(DeskError):
    words = _("Of these %(missing)s units are missing, one at least and no more can be answered for.")


class NotMissingAnyMore(DeskError):
    """The units that a discrepancy misses were sold or have turned up otherwise."""

    words = _(
        "%(title)s: only %(there)s units are still unexplained at this fair. The others were sold or have turned up; "
        "say so with “Explained”."
    )


class CountHasMoved(DeskError):
    """Somebody else counted, or units moved, since the page was shown."""

    words = _("%(title)s: something changed since this page was shown. Look at it again.")


class BadPin(DeskError):
    words = _("A PIN has four to six digits.")


class NameTaken(DeskError):
    words = _("This name or account is at the till of this fair already.")


class NameMissing(DeskError):
    words = _("A name is needed.")


class AlreadySettled(DeskError):
    words = _("%(maker)s has a statement already. Reopen it first.")


class CountIsMissing(DeskError):
    words = _("Makers are settled with once the count is booked.")


class MakersAreTold(DeskError):
    words = _(
        "Makers have statements that were reckoned with this. First reopen all statements with a reason, then change "
        "it, then settle with all."
    )


class TermsAreSigned(DeskError):
    words = _("%(maker)s has signed a packing list on these terms. They stay as they were signed.")


class StatementIsReopened(DeskError):
    words = _("This statement was reopened before.")


class TillError(FairError):
    """A phone is refused. ``code`` is what its app goes by, ``words`` what its holder reads."""

    code = ""
    words: Any = ""

    def __str__(self) -> str:
        return str(self.words)


class CodeUnknown(TillError):
    code = "code_unknown"
    words = _("This code is not known. Look at it once more.")


class CodeExpired(TillError):
    code = "code_expired"
    words = _("This code is too old. Ask for a new one.")


class CodeUsed(TillError):
    code = "code_used"
    words = _("Another phone has used this code. Ask for a new one.")


class TokenUnknown(TillError):
    code = "token_unknown"
    words = _("This device is not known here. Pair it anew.")


class DeviceRevoked(TillError):
    code = "device_revoked"
    words = _("This device was shut out. What it has not sent yet is kept on it: export it for the curator.")


class FairIsOver(TillError):
    code = "fair_over"
    words = _("This fair is over.")


class MayNotSell(TillError):
    code = "may_not_sell"
    words = _("You may not sell at fairs. Ask a curator.")


class NotAnExport(TillError):
    code = "not_an_export"
    words = _("This is not a file that a till has exported.")


class OtherDevice(TillError):
    code = "other_device"
    words = _("Another device has exported this file.")


class MayNotImport(TillError):
    code = "may_not_import"
    words = _("Only curators import what a device has kept.")
