"""What was changed in Oscar's other rooms, and the shop data that Wagtail's admin edits."""

import pytest
from django.urls import reverse

from shop.artisans.models import Maker
from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.tests.factories import CraftFactory
from shop.dashboard.orders.tests.factories import curator, person
from shop.pictures.tests.factories import PictureFactory
from shop.shipping.models import Courier, Rate

pytestmark = pytest.mark.django_db

DATA = ("makers", "crafts", "motifs", "regencies", "couriers", "rates")


@pytest.fixture
def staff(client):
    user = curator()
    client.force_login(user)
    return user


def test_nobody_is_shut_out_by_whoever_may_only_see_accounts(client, staff):
    shopper = person("pembeli@demo.test", "shopper")
    client.post(reverse("dashboard:users-index"), {"action": "make_inactive", "selected_user": shopper.pk})
    shopper.refresh_from_db()
    assert shopper.is_active
    assert b"make_inactive" not in client.get(reverse("dashboard:users-index")).content


@pytest.mark.parametrize(
    "report", ["order_report", "open_baskets", "submitted_baskets", "vouchers", "conditional-offers"]
)
@pytest.mark.parametrize("download", ["", "on"])
def test_every_report_can_be_read_and_downloaded(client, staff, report, download):
    query = {"report_type": report, "download": download}
    if report not in ("vouchers", "conditional-offers"):
        query |= {"date_from": "2026-01-01", "date_to": "2026-12-31"}
    response = client.get(reverse("dashboard:reports-index"), query)
    assert response.status_code == 200
    assert ("csv" in response["Content-Type"]) is bool(download)


def test_reports_that_would_show_noughts_are_not_offered(client, staff):
    page = client.get(reverse("dashboard:reports-index")).content
    assert b"product_analytics" not in page
    assert b"user_analytics" not in page


@pytest.mark.parametrize("name", DATA)
def test_shop_data_is_edited_by_curators_only(client, staff, name):
    for page in ("index", "add"):
        assert client.get(reverse(f"{name}:{page}")).status_code == 200
        client.force_login(person(f"{page}@demo.test", "editor"))
        assert client.get(reverse(f"{name}:{page}")).status_code == 302
        client.force_login(staff)


def test_a_new_maker_comes_with_a_partner(client, staff):
    regency = MakerFactory().regency
    data = {
        "name": "Anyaman Desa Air", "slug": "anyaman-desa-air", "person": "", "since": "", "role_ind": "Penganyam",
        "role_en": "Weaver", "crafts": [CraftFactory().pk], "regency": regency.pk, "village": "", "whatsapp": "",
        "portrait": "", "story_ind": "", "story_en": "", "quote_ind": "", "quote_en": "", "is_public": "on",
    }  # fmt: skip
    response = client.post(reverse("makers:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    maker = Maker.objects.get(slug="anyaman-desa-air")
    assert maker.partner.name == "Anyaman Desa Air"
    assert (maker.role_ind, maker.role_en) == ("Penganyam", "Weaver")
    client.post(reverse("makers:edit", args=[maker.pk]), {**data, "village": "Air"})
    assert Maker.objects.get(pk=maker.pk).partner_id == maker.partner_id


def test_a_maker_whose_pieces_are_sold_is_not_deleted(client, staff):
    maker = ProductFactory(stock=1).maker
    response = client.post(reverse("makers:delete", args=[maker.pk]))
    assert response.url == reverse("makers:index")
    assert Maker.objects.filter(pk=maker.pk).exists()


def test_a_courier_and_its_rates_are_edited(client, staff):
    client.post(
        reverse("couriers:add"),
        {"name": "Pos", "code": "pos-baru", "kind": "by_weight", "volumetric_divisor": 6000, "minimum_grams": 1000,
         "tolerance_grams": 0, "is_active": "on", "position": 1},
    )  # fmt: skip
    courier = Courier.objects.get(code="pos-baru")
    client.post(
        reverse("rates:add"),
        {"courier": courier.pk, "country": "ID", "region": "19.71", "first_kg": "12000", "next_kg": "9000",
         "days_min": 1, "days_max": 3},
    )  # fmt: skip
    assert Rate.objects.get(courier=courier).first_kg == 12000


@pytest.mark.parametrize("role", ["editor", "curator"])
def test_pictures_are_added_and_described_by_editors_and_curators(client, role):
    client.force_login(person("gambar@demo.test", role))
    picture = PictureFactory()
    for address in (reverse("wagtailimages:index"), reverse("wagtailimages:add")):
        assert client.get(address).status_code == 200
    edit = client.get(reverse("wagtailimages:edit", args=[picture.pk]))
    assert b"description_ind" in edit.content
    assert b"description_en" in edit.content


def test_each_admin_leads_to_the_other(client, staff):
    assert b'href="/kelola/"' in client.get(reverse("dashboard:index")).content
    assert b"/kelola/toko/" in client.get("/kelola/").content


def test_pages_load_nothing_from_another_host(client, staff):
    for name in ("index", "order-list", "catalogue-product-list", "offer-list"):
        page = client.get(reverse(f"dashboard:{name}")).content.decode()
        assert 'src="http' not in page, name
        assert 'src="//' not in page, name
        assert "googleapis" not in page, name
