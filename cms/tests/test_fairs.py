"""Pages of fairs: what stands where on which day, what is shown of the pieces, and the entry for a calendar."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from cms.fairs.templatetags.fair_tags import fair_days
from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions.models import Fair
from shop.exhibitions.services.fairs import move_on
from shop.exhibitions.tests.factories import FairFactory, FairMakerFactory
from shop.exhibitions.tests.stall import piece
from shop.pictures.tests.factories import PictureFactory
from shop.stock import travel

from .factories import FairIndexFactory, FairPageFactory, home, locale

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-24T05:00:00+00:00", tick=False)


def fair(days_away: int = 0, **fields):
    starts_on = TODAY + timedelta(days=days_away)
    return FairFactory(starts_on=starts_on, ends_on=starts_on + timedelta(days=4), **fields)


def shown(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def section(html: str, name: str) -> str:
    return html.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


def sell(record, units: int = 1) -> None:
    reference = Fair.objects.get(consignments__lines__stockrecord=record).reference
    travel.sell_at_stall([(record, units)], reference=reference, key=f"sold:{record.pk}")


def test_each_fair_stands_in_the_section_of_its_days(client):
    index = FairIndexFactory()
    FairPageFactory(parent=index, title="Pameran kemarin", fair=fair(-20))
    FairPageFactory(parent=index, title="Pameran hari ini", fair=fair(-1))
    FairPageFactory(parent=index, title="Pameran lusa", fair=fair(2))
    html = shown(client, index.get_url())
    assert "Pameran hari ini" in section(html, "fairs-running")
    assert "Pameran lusa" in section(html, "fairs-coming")
    assert "Pameran kemarin" in section(html, "fairs-past")
    assert html.count("Pameran kemarin") == html.count("Pameran lusa") == 1


def test_fair_runs_on_its_last_day_and_is_over_the_day_after(client, time_machine):
    index = FairIndexFactory()
    FairPageFactory(parent=index, title="Pekan Kriya", fair=fair(-4))
    assert "Pekan Kriya" in section(shown(client, index.get_url()), "fairs-running")
    time_machine.move_to("2026-11-25T05:00:00+00:00", tick=False)
    assert "Pekan Kriya" in section(shown(client, index.get_url()), "fairs-past")


def test_a_fair_that_runs_is_shown_however_many_are_announced(client):
    index = FairIndexFactory()
    FairPageFactory(parent=index, title="Pameran hari ini", fair=fair(-1))
    for number in range(index.per_page + 1):
        FairPageFactory(parent=index, title=f"Pameran nanti {number}.", fair=fair(10 + number))
    html = shown(client, index.get_url())
    assert "Pameran hari ini" in section(html, "fairs-running")
    assert section(html, "fairs-coming").count("Pameran nanti ") == index.per_page + 1
    assert "page=2" not in html


def test_only_past_fairs_are_turned_page_by_page(client):
    index = FairIndexFactory()
    FairPageFactory(parent=index, title="Pameran lusa", fair=fair(2))
    for number in range(index.per_page + 1):
        FairPageFactory(parent=index, title=f"Pameran dulu {number}.", fair=fair(-20 - number))
    assert "Pameran dulu 0." in shown(client, index.get_url())
    second = shown(client, f"{index.get_url()}?page=2")
    assert f"Pameran dulu {index.per_page}." in second
    assert "Pameran dulu 0." not in second
    assert "Pameran lusa" not in second


def test_the_next_of_two_coming_fairs_stands_first(client):
    index = FairIndexFactory()
    FairPageFactory(parent=index, title="Tahun depan", fair=fair(60))
    FairPageFactory(parent=index, title="Pekan depan", fair=fair(7))
    coming = section(shown(client, index.get_url()), "fairs-coming")
    assert coming.index("Pekan depan") < coming.index("Tahun depan")


def test_empty_sections_say_what_to_do_next(client):
    html = shown(client, FairIndexFactory().get_url())
    assert "Hari ini tidak ada pameran" in section(html, "fairs-running")
    assert "Pameran berikutnya belum pasti" in section(html, "fairs-coming")
    assert "Belum ada pameran yang lewat" in section(html, "fairs-past")


def test_cancelled_fair_is_not_listed_and_its_page_says_so(client):
    page = FairPageFactory(title="Pameran batal", fair=fair(5, status=Fair.Status.CANCELLED))
    assert "Pameran batal" not in shown(client, page.get_parent().url)
    assert "Pameran ini batal" in shown(client, page.get_url())
    assert "Pameran batal" not in shown(client, "/")


def test_fair_page_names_days_place_stall_and_map(client):
    page = FairPageFactory(fair=fair(-1, map_url="https://maps.example/balai", address="Jalan Contoh 1"))
    html = shown(client, page.get_url())
    for said in ("23–27 November 2026", "Balai Sidang", "Stan A-12", "Jalan Contoh 1, Jakarta"):
        assert said in html
    assert 'href="https://maps.example/balai"' in html
    assert "<iframe" not in html
    assert 'itemprop="startDate" content="2026-11-23"' in html


def test_fair_page_shows_public_makers_who_take_part(client):
    page = FairPageFactory(fair=fair())
    FairMakerFactory(fair=page.fair, maker=MakerFactory(name="Tenun Ada"))
    FairMakerFactory(fair=page.fair, maker=MakerFactory(name="Tenun Rahasia", is_public=False))
    FairMakerFactory(maker=MakerFactory(name="Tenun Lain"))
    html = shown(client, page.get_url())
    assert "Tenun Ada" in html
    assert "Tenun Rahasia" not in html
    assert "Tenun Lain" not in html


def test_piece_is_at_the_fair_then_sold_and_no_figure_tells_how_many(client):
    page = FairPageFactory(fair=fair())
    record = piece(page.fair, units=3, title_ind="Selendang uji")
    html = shown(client, page.get_url())
    assert "Selendang uji" in html
    assert "Sedang di pameran" in html
    sell(record, 3)
    html = shown(client, page.get_url())
    assert "Terjual" in html
    assert "Sedang di pameran" not in html


def test_after_the_fair_what_came_home_is_in_the_shop(client):
    page = FairPageFactory(fair=fair(-20, status=Fair.Status.SETTLED))
    record = ProductFactory(title_ind="Kain pulang", stock=1).stockrecords.get()
    for way in (travel.Way.DISPATCHED, travel.Way.ARRIVED, travel.Way.SENT_BACK, travel.Way.SHELVED):
        travel.move(way, [(record, 1)], reference=page.fair.reference, key=f"{way}:1")
    html = shown(client, page.get_url())
    assert "Kain pulang" in html
    assert "Ada di toko" in html


def test_what_broke_and_who_is_not_public_is_not_shown(client):
    page = FairPageFactory(fair=fair())
    broken = piece(page.fair, title_ind="Vas pecah")
    travel.move(travel.Way.STALL_DAMAGED, [(broken, 1)], reference=page.fair.reference, key="pecah")
    piece(page.fair, title_ind="Kain rahasia", maker=MakerFactory(is_public=False))
    html = shown(client, page.get_url())
    assert "Vas pecah" not in html
    assert "Kain rahasia" not in html


def test_piece_for_the_fair_only_leads_to_its_own_page(client):
    page = FairPageFactory(fair=fair())
    record = piece(page.fair, title_ind="Khusus stan", is_public=False)
    html = shown(client, page.get_url())
    assert f"/karya/{record.product.upc or record.partner_sku}/?source=pameran-{page.slug}" in html


def test_withdrawn_piece_from_the_shelf_is_not_shown(client):
    page = FairPageFactory(fair=fair())
    record = ProductFactory(title_ind="Ditarik", stock=1).stockrecords.get()
    for way in (travel.Way.DISPATCHED, travel.Way.ARRIVED):
        travel.move(way, [(record, 1)], reference=page.fair.reference, key=f"{way}:2")
    assert "Ditarik" in shown(client, page.get_url())
    type(record.product).objects.filter(pk=record.product_id).update(is_public=False)
    assert "Ditarik" not in shown(client, page.get_url())


def variant(parent, **fields):
    return ProductFactory(
        structure="child", parent=parent, product_class=None, maker=parent.maker, craft=None, stock=1, **fields
    )


def test_variant_of_a_withdrawn_piece_is_not_shown(client):
    page = FairPageFactory(fair=fair())
    cloth = ProductFactory(structure="parent", title_ind="Kain ditarik", stockrecord=None)
    record = variant(cloth).stockrecords.get()
    for way in (travel.Way.DISPATCHED, travel.Way.ARRIVED):
        travel.move(way, [(record, 1)], reference=page.fair.reference, key=f"{way}:2")
    assert "Kain ditarik" in shown(client, page.get_url())
    type(cloth).objects.filter(pk=cloth.pk).update(is_public=False)
    assert "Kain ditarik" not in shown(client, page.get_url())


def test_variant_that_was_brought_for_the_fair_leads_to_a_page_that_is_there(client):
    page = FairPageFactory(fair=fair())
    cloth = ProductFactory(structure="parent", title_ind="Kain ditarik", stockrecord=None, is_public=False)
    record = variant(cloth).stockrecords.get()
    for way in (travel.Way.BROUGHT, travel.Way.ARRIVED):
        travel.move(way, [(record, 1)], reference=page.fair.reference, key=f"{way}:3")
    html = shown(client, page.get_url())
    assert f"/karya/{record.partner_sku}/" in html
    assert cloth.get_absolute_url() not in html
    assert client.get(f"/karya/{record.partner_sku}/").status_code == 200


@pytest.mark.parametrize(
    ("days", "status", "said"),
    [
        (5, Fair.Status.PLANNED, "Karyanya sedang dipilih"),
        (-1, Fair.Status.OPEN, "Stan sedang ditata"),
        (-20, Fair.Status.SETTLED, "Karya pameran ini tidak tercatat"),
        (5, Fair.Status.CANCELLED, "Tidak ada karya yang berangkat"),
    ],
)
def test_a_fair_without_pieces_says_why_by_its_days(client, days, status, said):
    html = shown(client, FairPageFactory(fair=fair(days, status=status)).get_url())
    assert said in html
    assert html.count('class="empty"') == 1


def test_home_shows_the_fair_that_runs_before_the_one_that_comes(client):
    index = FairIndexFactory()
    FairPageFactory(parent=index, title="Nanti saja", fair=fair(20))
    assert "Nanti saja" in shown(client, "/")
    FairPageFactory(parent=index, title="Sekarang juga", fair=fair(-1))
    html = shown(client, "/")
    assert "Sekarang juga" in html
    assert "Nanti saja" not in html


def calendar(client, page):
    response = client.get(f"{page.get_url().rstrip('/')}.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")[0], response.content


def test_calendar_entry_covers_whole_days_and_ends_after_the_last(client):
    page = FairPageFactory(title="Pekan Kriya; Jakarta, 2026", fair=fair(2))
    event, raw = calendar(client, page)
    assert b"DTSTART;VALUE=DATE:20261126" in raw
    assert b"DTEND;VALUE=DATE:20261201" in raw
    assert rb"SUMMARY:Pekan Kriya\; Jakarta\, 2026" in raw
    assert str(event["summary"]) == "Pekan Kriya; Jakarta, 2026"
    assert str(event["location"]) == "A-12, Balai Sidang, Jakarta"
    assert event["dtstamp"].dt.utcoffset() == timedelta(0)


def test_calendar_entry_keeps_its_identity_when_days_and_words_change(client):
    page = FairPageFactory(fair=fair(2))
    before, _raw = calendar(client, page)
    Fair.objects.update(starts_on=TODAY + timedelta(days=9), ends_on=TODAY + timedelta(days=9))
    page.title = "Nama baru"
    page.save()
    after, _raw = calendar(client, page)
    assert before["uid"] == after["uid"] == f"{page.fair.reference}@pameran.kriya-babel"
    assert after["dtstart"].dt == TODAY + timedelta(days=9)


def test_calendar_entry_is_newer_each_time_days_or_words_change(client, time_machine):
    """Without it a calendar that has the entry already keeps the old days."""
    page = FairPageFactory(fair=fair(2))
    first, _raw = calendar(client, page)
    assert first["sequence"] == 0
    same, _raw = calendar(client, page)
    assert (same["sequence"], same["dtstamp"].dt) == (0, first["dtstamp"].dt)
    time_machine.move_to("2026-11-24T05:10:00+00:00", tick=False)
    page.fair.ends_on += timedelta(days=1)
    page.fair.save()
    moved, _raw = calendar(client, page)
    assert moved["sequence"] == 600
    assert moved["dtstamp"].dt == moved["last-modified"].dt == timezone.now()
    time_machine.move_to("2026-11-24T05:20:00+00:00", tick=False)
    page.title = "Nama baru"
    page.save_revision().publish()
    renamed, _raw = calendar(client, page)
    assert renamed["sequence"] == 1200
    time_machine.move_to("2026-11-24T05:30:00+00:00", tick=False)
    Fair.objects.filter(pk=page.fair.pk).update(status=Fair.Status.PLANNED)
    move_on(page.fair, Fair.Status.CANCELLED, actor=None)
    cancelled, _raw = calendar(client, page)
    assert (cancelled["sequence"], cancelled["status"]) == (1800, "CANCELLED")


def test_a_page_whose_address_has_an_accent_has_its_calendar(client):
    page = FairPageFactory(slug="festival-café", fair=fair(2))
    assert "festival-caf%C3%A9.ics" in shown(client, page.get_url())
    event, _raw = calendar(client, page)
    assert event["uid"]


def test_calendar_of_an_unpublished_page_is_not_found(client):
    page = FairPageFactory(live=False)
    assert client.get(f"/pameran/{page.slug}.ics").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 12), date(2026, 11, 16), "12–16 November 2026"),
        (date(2026, 11, 12), date(2026, 11, 12), "12 November 2026"),
        (date(2026, 10, 28), date(2026, 11, 2), "28 Oktober – 2 November 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Desember 2026 – 2 Januari 2027"),
    ],
)
def test_days_are_written_as_short_as_they_can_be(first, last, said):
    assert fair_days(Fair(starts_on=first, ends_on=last)) == said


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_fair_page_costs_the_same_with_ten_times_the_pieces_and_makers(client):
    page = FairPageFactory(fair=fair(), picture=PictureFactory())
    for _ in range(2):
        FairMakerFactory(fair=page.fair, maker=piece(page.fair, pictures=[PictureFactory()]).product.maker)
    few = queries(client, page.get_url())
    for number in range(18):
        added = piece(page.fair, pictures=[PictureFactory()], is_public=bool(number % 2))
        FairMakerFactory(fair=page.fair, maker=added.product.maker)
    assert queries(client, page.get_url()) == few <= 15


def test_list_costs_the_same_with_ten_times_the_fairs(client):
    index = FairIndexFactory()
    for days in (1, -20):
        FairPageFactory(parent=index, fair=fair(days), picture=PictureFactory())
    few = queries(client, index.get_url())
    for number in range(10):
        FairPageFactory(parent=index, fair=fair(3 * (number - 5)), picture=PictureFactory())
    assert queries(client, index.get_url()) == few <= 14


def test_english_page_leads_to_the_english_calendar(client):
    index = FairIndexFactory(parent=home("en"))
    page = FairPageFactory(parent=index, locale=locale("en"), fair=fair(1))
    html = shown(client, page.get_url())
    assert f'href="/en/pameran/{page.slug}.ics"' in html
    assert "Put it in my calendar" in html


def test_a_fair_goes_by_the_title_of_its_page_beside_a_piece(client):
    """A fair has one name; its page tells of it in the visitor's language."""
    index = FairIndexFactory(parent=home("en"))
    page = FairPageFactory(parent=index, locale=locale("en"), title="Serumpun Craft Show", fair=fair())
    code = piece(page.fair).partner_sku
    assert "At the fair Serumpun Craft Show" in shown(client, f"/en/karya/{code}/")
    assert f"Sedang di pameran {page.fair.name}" in shown(client, f"/karya/{code}/")


def test_page_is_the_same_for_every_anonymous_visitor(client):
    response = client.get(FairPageFactory(fair=fair()).get_url())
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    assert timezone.localdate() == TODAY
