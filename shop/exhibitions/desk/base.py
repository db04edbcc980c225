"""The two kinds of pages there are: one that shows something of a fair, and one that does one thing to it."""

from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from shop.exhibitions.errors import FairError
from shop.exhibitions.models import Fair
from shop.exhibitions.todo import Todo, todo

from . import once
from .parts import TABS, Link, Section

NAMESPACE = "fairdesk"


def to(name: str, *arguments: Any) -> str:
    """The address of a page of the desk."""
    return reverse(f"{NAMESPACE}:{name}", args=arguments)


class DeskView(View):
    """Asks for its permission before anything else."""

    #: One, or several that are all needed.
    permission: str | tuple[str, ...] = "exhibitions.view_fair"
    template_name = "exhibitions/desk/page.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        needed = (self.permission,) if isinstance(self.permission, str) else self.permission
        if not request.user.has_perms(needed):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def show(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        return render(self.request, self.template_name, context, status=status)

    def may_change(self) -> bool:
        return self.request.user.has_perm("exhibitions.change_fair")


class FairView(DeskView):
    """A page of one fair. ``page`` is its name among the tabs."""

    page = "overview"
    title: Any = ""

    @cached_property
    def fair(self) -> Fair:
        return get_object_or_404(Fair, pk=self.kwargs["fair"])

    def to(self, name: str, *arguments: Any) -> str:
        return to(name, self.fair.pk, *arguments)

    def heading(self) -> Any:
        return self.title

    def left(self) -> list[Todo]:
        """What is left to do at the step where the fair stands."""
        return [item for item in todo(self.fair) if not item.done]

    def context(self, **more: Any) -> dict[str, Any]:
        groups = [
            {
                "label": label,
                "url": self.to(members[0][1]),
                "is_current": any(name == self.page for _label, name in members),
                "members": [
                    {"label": name, "url": self.to(page), "is_current": page == self.page} for name, page in members
                ],
            }
            for label, members in TABS
        ]
        return {
            "fair": self.fair,
            "title": self.heading(),
            "groups": groups,
            "crumbs": self.crumbs(),
            "may_change": self.may_change(),
            **more,
        }

    def crumbs(self) -> list[dict[str, Any]]:
        return [
            {"url": to("index"), "label": _("Fairs")},
            {"url": self.to("overview"), "label": self.fair.name},
            {"url": "", "label": self.heading()},
        ]


class SectionsView(FairView):
    """A page of headed tables."""

    def sections(self) -> list[Section]:
        raise AttributeError(f"{type(self).__name__} has no sections")

    def filters(self) -> Any:
        """A bound form of what the list is narrowed by, or None."""
        return None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        left = self.left()
        return self.show(
            self.context(
                sections=self.sections(),
                filters=self.filters(),
                left=[(item, self.to(item.url_name)) for item in left if item.url_name != self.page],
                here=[item for item in left if item.url_name == self.page],
            )
        )

    def change_links(self, *links: Link) -> list[Link]:
        """Buttons for those who may use them."""
        return list(links) if self.may_change() else []


class ActionView(FairView):
    """Does one thing to a fair: a form, or a page to confirm what cannot be undone.

    Every form carries a code, so that a double click is one action and shows that action's answer (see ``once``); what
    the service refuses stands above the form and what was typed stays in it.
    """

    permission = "exhibitions.change_fair"
    template_name = "exhibitions/desk/action.html"
    form_class: type[forms.BaseForm] = forms.Form
    submit: Any = ""
    text: Any = ""
    is_grave = False
    #: Of the form that was sent.
    code: UUID
    back_page = "overview"

    def form(self, data: Any = None, files: Any = None) -> Any:
        return (
            self.form_class(data, files, initial=self.initial())
            if data is not None
            else self.form_class(initial=self.initial())
        )

    def initial(self) -> dict[str, Any]:
        return {}

    def words(self) -> Any:
        return self.text

    def button(self) -> Any:
        return self.submit

    def back(self) -> str:
        return self.to(self.back_page)

    def perform(self, form: Any) -> Any:
        """Do it. The answer is what to tell: words, or (words, address to go on to)."""
        raise AttributeError(f"{type(self).__name__} does nothing")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._ask(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        code = _code(request)
        if code is None:
            form.add_error(None, _("Load this page anew and send it again."))
        if code is None or not form.is_valid():
            return self._ask(form)
        self.code = code
        try:
            before = once.claim(request.user, code)
        except once.StillBusy:
            messages.warning(request, _("This is still being done. Look again in a moment."))
            return HttpResponseRedirect(self.back())
        if before is not None:
            messages.info(request, f"{_('This was done already.')} {before.words}")
            return HttpResponseRedirect(before.address)
        try:
            with transaction.atomic():
                told = self.perform(form)
        except FairError as error:
            once.release(request.user, code)
            form.add_error(None, str(error))
            return self._ask(form)
        except Exception:
            once.release(request.user, code)
            raise
        words, address = told if isinstance(told, tuple) else (told, self.back())
        once.settle(request.user, code, once.Outcome(str(words), address))
        messages.success(request, words)
        return HttpResponseRedirect(address)

    def _ask(self, form: Any) -> HttpResponse:
        return self.show(
            self.context(
                form=form,
                code=uuid4(),
                text=self.words(),
                submit=self.button() or _("Save"),
                is_grave=self.is_grave,
                back=self.back(),
            )
        )


def _code(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("code", ""))
    except ValueError:
        return None
