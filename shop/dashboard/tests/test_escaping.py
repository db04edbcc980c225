"""What a curator writes is shown as they wrote it: it runs in nobody's browser."""

import pytest
from oscar.core.loading import get_model

from shop.dashboard.orders.tests.factories import person

from . import world

pytestmark = pytest.mark.django_db

SCRIPT = "<img src=x onerror=alert(1)>"

#: Every name and text that a curator writes: model and its columns.
WRITTEN = {
    "offer.Range": ("name", "description"),
    "offer.ConditionalOffer": ("name", "description"),
    "voucher.Voucher": ("name",),
    "voucher.VoucherSet": ("name", "description"),
    "catalogue.Product": ("title_ind", "title_en", "description_ind", "description_en"),
    "catalogue.ProductClass": ("name",),
    "catalogue.Category": ("name_ind", "name_en", "description_ind", "description_en"),
    "catalogue.ProductAttribute": ("name",),
    "catalogue.AttributeOptionGroup": ("name",),
    "catalogue.Option": ("name",),
    "partner.Partner": ("name",),
    "artisans.Maker": ("name",),
    "order.Line": ("title", "partner_name"),
}

#: Pages that say more once something is searched for.
SEARCHES = ("/kelola/toko/catalogue/categories/?name=x",)


def load_names():
    arguments = world.build()
    product_class = get_model("catalogue", "ProductClass").objects.first()
    get_model("catalogue", "ProductAttribute").objects.create(
        product_class=product_class, name="Lebar", code="lebar", type="text"
    )
    for kind, columns in WRITTEN.items():
        model = get_model(*kind.split("."))
        assert model.objects.exists(), kind
        for each in model.objects.all():
            model.objects.filter(pk=each.pk).update(
                **{name: f"{SCRIPT}{each.pk}"[: model._meta.get_field(name).max_length or 99] for name in columns}
            )
    return [page.path for page in world.pages(arguments) if page.get] + list(SEARCHES)


def test_no_name_or_text_of_the_shop_is_run_in_the_dashboard(client):
    paths = load_names()
    client.force_login(person("admin@demo.test", "administrator", is_staff=True, is_superuser=True))
    shown, run = 0, []
    for path in paths:
        answer = client.get(path)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        html = answer.content.decode()
        shown += "&lt;img src=x onerror" in html
        if "<img src=x" in html:
            run.append((path, html[html.index("<img src=x") - 120 :][:150]))
    assert run == []
    assert shown > 30
