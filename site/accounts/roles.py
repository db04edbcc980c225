"""Who may do what: roles are groups, and this table is the only place that fills them.

``sync`` runs after every migrate, so a permission that a release adds reaches its role without anybody clicking.
Names of groups are stable codes; what people read is translated from ``Role.label``.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOPPER = "shopper"
ARTISAN = "artisan"
EDITOR = "editor"
FAIR_STAFF = "fair staff"
CURATOR = "curator"
ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Role:
    """One role: its permissions (``app.codename``, with ``*`` for all four of a model) and what Wagtail lets it do."""

    label: "StrOrPromise"
    permissions: tuple[str, ...] = ()
    #: Page permissions on the whole tree: ``add``, ``change``, ``publish``, ``bulk_delete``, ``lock``, ``unlock``.
    pages: tuple[str, ...] = ()
    #: Oscar's dashboard asks for ``is_staff`` besides permissions; only these roles get it.
    is_staff: bool = False
    #: Permissions on Wagtail's root collection, ``app.codename``.
    collection: tuple[str, ...] = field(default=())


#: Of Wagtail's own image model: its rules for pictures ask for these, whichever model the pictures have.
PICTURES = ("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image")
DOCUMENTS = ("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document")

CURATOR_PERMISSIONS = (
    "wagtailadmin.access_admin",
    "catalogue.*_product",
    "catalogue.*_category",
    "catalogue.*_productclass",
    "catalogue.*_productattribute",
    "catalogue.*_attributeoptiongroup",
    "catalogue.*_option",
    "crafts.*_craft",
    "crafts.*_motif",
    "crafts.*_regency",
    "artisans.*_maker",
    "partner.*_partner",
    "partner.view_stockrecord",
    "partner.view_stockalert",
    "partner.add_stockrecord",
    "partner.change_stockrecord",
    "stock.view_move",
    "stock.adjust_stock",
    "order.view_order",
    "order.change_order",
    "order.fulfil_order",
    "order.refund_order",
    "payment.view_paymentattempt",
    "payment.confirm_transfer",
    "shipping.*_courier",
    "shipping.*_rate",
    "offer.*_conditionaloffer",
    "offer.*_range",
    "voucher.*_voucher",
    "voucher.*_voucherset",
    "accounts.view_user",
    "exhibitions.*_fair",
    "exhibitions.use_till",
    "exhibitions.view_sale",
    "exhibitions.view_enquiry",
    "exhibitions.change_enquiry",
    "settlement.view_entry",
    "settlement.view_statement",
    "settlement.view_payout",
    "settlement.settle",
)

ROLES: dict[str, Role] = {
    SHOPPER: Role(_("Shopper")),
    ARTISAN: Role(_("Artisan")),
    EDITOR: Role(
        _("Editor"),
        # Starting a translation makes a draft; cms.core.views keeps its addresses from publishing.
        permissions=("wagtailadmin.access_admin", "wagtail_localize.submit_translation"),
        pages=("add", "change"),
        collection=PICTURES + DOCUMENTS,
    ),
    FAIR_STAFF: Role(_("Fair staff"), permissions=("exhibitions.use_till",)),
    CURATOR: Role(
        _("Curator"),
        permissions=(*CURATOR_PERMISSIONS, "wagtail_localize.submit_translation"),
        pages=("add", "change", "publish", "lock", "unlock"),
        is_staff=True,
        collection=PICTURES + DOCUMENTS,
    ),
    ADMINISTRATOR: Role(_("Administrator"), is_staff=True),
}


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    """The rows behind ``names``; a name that no migrated app defines yet is left out, and a test lists those."""
    found: list[Permission] = []
    for name in names:
        app, codename = name.split(".", 1)
        rows = Permission.objects.filter(content_type__app_label=app)
        if codename.startswith("*_"):
            model = codename[2:]
            rows = rows.filter(codename__in=[f"{verb}_{model}" for verb in ("add", "change", "delete", "view")])
        else:
            rows = rows.filter(codename=codename)
        found.extend(rows)
    return found


def missing_permissions() -> list[str]:
    """Names in ``ROLES`` that no permission answers to: a typing error, or a model that is gone."""
    names = {name for role in ROLES.values() for name in role.permissions + role.collection}
    return sorted(name for name in names if not _permissions((name,)))


@transaction.atomic
def sync() -> None:
    """Make the groups say what ``ROLES`` says, no more and no less. Safe to run any number of times."""
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    root_page = Page.get_first_root_node()
    root_collection = Collection.get_first_root_node()
    for name, role in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.all() if name == ADMINISTRATOR else _permissions(role.permissions))
        if root_page is not None:
            wanted = _permissions(tuple(f"wagtailcore.{verb}_page" for verb in role.pages))
            GroupPagePermission.objects.filter(group=group).exclude(permission__in=wanted).delete()
            for permission in wanted:
                GroupPagePermission.objects.get_or_create(group=group, page=root_page, permission=permission)
        if root_collection is not None:
            wanted = _permissions(role.collection)
            GroupCollectionPermission.objects.filter(group=group).exclude(permission__in=wanted).delete()
            for permission in wanted:
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=root_collection, permission=permission
                )
    _replace_wagtail_defaults()


def _replace_wagtail_defaults() -> None:
    """Wagtail brings groups and an approval task of its own; ours take their place, so nobody is in two schemes."""
    from wagtail.models import GroupApprovalTask

    curators = Group.objects.get(name=CURATOR)
    for task in GroupApprovalTask.objects.all():
        task.groups.set([curators])
    Group.objects.filter(name__in=("Editors", "Moderators"), user=None).delete()


def grant(user, *names: str) -> None:
    """Give ``user`` these roles beside those they have. Unknown names raise ``KeyError``.

    ``is_staff`` follows the roles, because Oscar's dashboard asks for it and a group cannot carry it.
    """
    roles = [ROLES[name] for name in names]
    user.groups.add(*Group.objects.filter(name__in=names))
    if any(role.is_staff for role in roles) and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    if ADMINISTRATOR in names and not user.is_superuser:
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
