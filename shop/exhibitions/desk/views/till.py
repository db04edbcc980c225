"""The phones that sell: pairing, what they still keep, shutting one out, and taking in what it exported."""

import json
from io import BytesIO
from typing import Any

import segno
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.exhibitions.models import Device, Fair, PairingCode, RefusedEvent
from shop.exhibitions.services import devices
from shop.exhibitions.services.importing import import_file
from shop.exhibitions.wire.answers import Code

from ..base import ActionView, FairView, SectionsView
from ..forms import ImportForm, NoteForm, RefusedFilter
from ..parts import Column, Link, Row, Section, Table, figure, paged, tag


def moment(when: Any) -> str:
    return date_format(timezone.localtime(when), "j M Y H:i") if when else "–"


class Devices(SectionsView):
    page = "devices"
    title = gettext_lazy("Devices")

    def sections(self) -> list[Section]:
        columns = [
            Column(_("Letter")),
            Column(_("Name")),
            Column(_("State")),
            Column(_("Last seen")),
            figure(_("Waiting")),
            figure(_("Clock (s)")),
            Column(_("Version")),
        ]
        rows = [
            Row(
                [
                    device.letter,
                    device.name,
                    tag(_("shut out"), "bad") if device.revoked_at else tag(_("paired"), "good"),
                    moment(device.last_seen_at),
                    device.waiting,
                    f"{device.skew_seconds:+d}",
                    device.app_version,
                ],
                self.links_of(device),
            )
            for device in self.fair.devices.all()
        ]
        links = []
        if self.fair.status not in (Fair.Status.SETTLED, Fair.Status.CANCELLED):
            links = self.change_links(Link(_("Pair a device"), self.to("device_code"), "primary"))
        text = _("A phone becomes a device of this fair with a code. A lost phone is shut out; its sales are not lost.")
        return [Section(text=text, links=links, table=Table(columns, rows, _("No device is paired yet.")))]

    def links_of(self, device: Device) -> list[Link]:
        links = [Link(_("Import a file"), self.to("device_import", device.pk))]
        if not device.revoked_at:
            links.append(Link(_("Shut out"), self.to("device_revoke", device.pk), "danger"))
        return self.change_links(*links)


class NewCode(ActionView):
    page = back_page = "devices"
    title = gettext_lazy("Pair a device")
    text = gettext_lazy("The code lives for 30 minutes and pairs one phone.")
    submit = gettext_lazy("Make a code")

    def perform(self, form: Any) -> Any:
        code = devices.new_code(self.fair)
        return _("The code is ready."), self.to("device_pair", code.pk)


class PairPage(FairView):
    """Shows a code, and the same as a QR that opens the till with it."""

    page = "devices"
    title = gettext_lazy("Pair a device")
    permission = "exhibitions.change_fair"
    template_name = "exhibitions/desk/pair.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        code = get_object_or_404(PairingCode.objects.select_related("device"), fair=self.fair, pk=kwargs["pk"])
        is_live = not code.used_at and code.expires_at > timezone.now()
        address = request.build_absolute_uri(f"/kasir/?kode={code.code}")
        return self.show(
            self.context(
                pairing=code,
                is_live=is_live,
                address=address,
                qr=mark_safe(drawn(address)) if is_live else "",  # noqa: S308 - segno's own drawing
                back=self.to("devices"),
                again=self.to("device_code"),
            )
        )


def drawn(content: str) -> str:
    """A QR code as SVG."""
    target = BytesIO()
    segno.make(content, error="m", micro=False).save(
        target, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4
    )
    return target.getvalue().decode()


class OfDevice(ActionView):
    page = back_page = "devices"

    @cached_property
    def device(self) -> Device:
        return get_object_or_404(Device.objects.select_related("fair"), fair=self.fair, pk=self.kwargs["pk"])

    def heading(self) -> Any:
        return f"{self.title}: {self.device}"


class Revoke(OfDevice):
    title = gettext_lazy("Shut out")
    submit = gettext_lazy("Shut this device out")
    is_grave = True

    def words(self) -> Any:
        words = _("It can neither sell into the books nor read the catalogue any more. This cannot be undone.")
        if self.device.waiting:
            kept = ngettext(
                "At its last contact it still kept %(n)d event; have it exported and import the file here.",
                "At its last contact it still kept %(n)d events; have them exported and import the file here.",
                self.device.waiting,
            ) % {"n": self.device.waiting}
            return f"{words} {kept}"
        return words

    def perform(self, form: Any) -> Any:
        devices.revoke(self.device)
        return _("%(device)s is shut out.") % {"device": self.device}


class Import(OfDevice):
    title = gettext_lazy("Import a file")
    submit = gettext_lazy("Import")
    text = gettext_lazy("Sales count once, however often the file is imported. They are marked as late.")
    form_class = ImportForm

    def perform(self, form: Any) -> Any:
        text = form.cleaned_data["file"].read().decode("utf-8", "replace")
        done = import_file(self.device, text, actor=self.request.user)
        told = {"new": done.created, "known": done.duplicate, "refused": len(done.refused)}
        words = _("%(new)s are new, %(known)s were known, %(refused)s were refused.") % told
        return words, self.to("refused") if done.refused else self.to("devices")


class Refused(SectionsView):
    """What tills sent and the server could not take."""

    page = "refused"
    title = gettext_lazy("Refused events")

    def filters(self) -> Any:
        return RefusedFilter(self.request.GET)

    def sections(self) -> list[Section]:
        found = RefusedEvent.objects.filter(device__fair=self.fair).select_related("device")
        form = self.filters()
        asked = form.cleaned_data["state"] if form.is_valid() else ""
        if asked != "all":
            found = found.filter(settled_at__isnull=asked == "")
        labels = dict(Code.choices)
        page = paged(found.order_by(F("settled_at").asc(nulls_first=True), "-pk"), self.request.GET.get("p"))
        columns = [
            Column(_("Device")),
            Column(_("Why")),
            Column(_("What it says")),
            Column(_("Last")),
            figure(_("Times")),
            Column(_("State")),
        ]
        rows = [
            Row(
                [
                    str(event.device),
                    labels.get(event.code, event.code),
                    told(event.payload),
                    moment(event.last_at),
                    event.times,
                    tag(_("settled"), "good") if event.settled_at else tag(_("waits"), "warn"),
                ],
                self.change_links(Link(_("Look at"), self.to("refused_settle", event.pk))),
            )
            for event in page
        ]
        text = _("Nothing of this is in the books. It stays on the device as well until somebody has looked at it.")
        return [Section(text=text, table=Table(columns, rows, _("No refused event is like this."), page))]


def told(payload: Any) -> str:
    """An event in a few words: what, number, total."""
    if not isinstance(payload, dict):
        return str(payload)[:80]
    inner = payload.get("data")
    data: dict[str, Any] = inner if isinstance(inner, dict) else {}
    parts = (payload.get("kind"), data.get("number"), data.get("total", data.get("amount")))
    return " · ".join(str(part) for part in parts if part not in (None, ""))[:120]


class RefusedSettle(ActionView):
    page = back_page = "refused"
    title = gettext_lazy("Refused event")
    submit = gettext_lazy("Settled")
    form_class = NoteForm
    template_name = "exhibitions/desk/refused.html"

    @cached_property
    def event(self) -> RefusedEvent:
        found = RefusedEvent.objects.filter(device__fair=self.fair).select_related("device")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        return {"note": self.event.note}

    def words(self) -> Any:
        why = dict(Code.choices).get(self.event.code, self.event.code)
        return f"{self.event.device} · {moment(self.event.last_at)}\n{why}"

    def context(self, **more: Any) -> dict[str, Any]:
        content = json.dumps(self.event.payload, indent=2, ensure_ascii=False)
        return super().context(content=content, **more)

    def perform(self, form: Any) -> Any:
        self.event.settled_at = self.event.settled_at or timezone.now()
        self.event.note = form.cleaned_data["note"]
        self.event.save(update_fields=["settled_at", "note"])
        return _("Settled.")
