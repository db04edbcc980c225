from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.models import Motif
from shop.exhibitions.codes import code_of
from shop.exhibitions.models import Consignment, Fair, FairMaker
from shop.exhibitions.papers import certificate, handover, ink, labels, statement
from shop.exhibitions.services import packing
from shop.exhibitions.tests.factories import (
    ConsignmentFactory,
    ConsignmentLineFactory,
    FairFactory,
    FairMakerFactory,
)
from shop.settlement import services as books

from .reading import pages, strings, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    return FairFactory(name="Pekan Kriya", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 5))


@pytest.fixture
def consignment(fair):
    maker = MakerFactory(name="Rumah Cual <Intan> & Co")
    made = ConsignmentFactory(fair=fair, maker=maker, number=3)
    cloth = ProductFactory(maker=maker, stock=2, upc="KB-TC-001", title_ind="Kain <b>Cual</b> & selendang")
    ConsignmentLineFactory(consignment=made, stockrecord=cloth.stockrecords.get(), quantity=2, price=Decimal(250000))
    hat = ProductFactory(maker=maker, stock=1, title_ind="Songkok", title_en="Cap")
    ConsignmentLineFactory(consignment=made, stockrecord=hat.stockrecords.get(), quantity=1, price=Decimal(100000))
    return made


def test_the_code_of_a_piece_is_its_upc_else_its_sku(consignment):
    with_upc, without = [line.stockrecord for line in consignment.lines.all()]
    assert code_of(with_upc) == "KB-TC-001"
    assert code_of(without) == without.partner_sku


def test_a_hand_over_sheet_tells_pieces_totals_and_terms(consignment):
    FairMakerFactory(fair=consignment.fair, maker=consignment.maker, commission_percent=Decimal("12.50"))
    with translation.override("en"):
        told = words(handover.sheet(consignment))
    assert f"FAIR-{consignment.fair.pk}-3" in told
    assert "IDR 500,000" in told
    assert "IDR 600,000" in told
    assert "3 pieces" in told
    assert "keeps 12.5 % of the price" in told
    assert "1 December 2026 to 5 December 2026" in told


def test_mark_up_in_a_title_is_printed_as_it_was_typed(consignment):
    told = words(handover.sheet(consignment)).replace(" ", "")
    assert "Kain<b>Cual</b>&selendang" in told
    assert "RumahCual<Intan>&Co" in told


def test_a_hand_over_sheet_is_in_the_language_asked_for(consignment):
    with translation.override("id"):
        indonesian = words(handover.sheet(consignment))
    with translation.override("en"):
        english = words(handover.sheet(consignment))
    assert "Rp600.000" in indonesian
    assert "Songkok" in indonesian
    assert "Songkok" not in english
    assert "Hand-over of pieces for a fair" in english


def test_a_long_list_repeats_its_head_on_each_page(consignment):
    for _each in range(60):
        ConsignmentLineFactory(consignment=consignment)
    with translation.override("en"):
        pdf = handover.sheet(consignment)
    assert pages(pdf) >= 2
    assert strings(pdf).count("Quantity") == pages(pdf)


def test_a_sheet_carries_its_type_with_it(consignment):
    pdf = handover.sheet(consignment)
    assert b"/FontFile2" in pdf


def test_each_unit_gets_its_label(consignment):
    wanted = labels.of_fair(consignment.fair)
    assert [(label.title, label.copies) for label in wanted] == [("Kain <b>Cual</b> & selendang", 2), ("Songkok", 1)]
    told = strings(labels.sheet(wanted))
    assert told.count("Rp250.000") == 2
    assert told.count("Rp100.000") == 1
    assert told.count("KB-TC-001") == 2


def test_labels_of_a_cancelled_list_are_not_printed(consignment):
    consignment.status = Consignment.Status.CANCELLED
    consignment.save()
    assert labels.of_fair(consignment.fair) == []


def test_a_half_used_sheet_is_filled_from_its_first_free_label():
    label = labels.Label("Kain", "Rumah", Decimal(1000), "K-1", copies=3)
    assert pages(labels.sheet([label], start=22)) == 1
    assert pages(labels.sheet([label], start=23)) == 2
    with pytest.raises(ValueError):
        labels.sheet([label], start=25)


def test_a_code_too_long_for_bars_a_camera_reads_is_left_to_its_qr():
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(BytesIO())
    width = labels.WIDTH - 2 * labels.EDGE
    assert ink.draw_code128(canvas, "KB-TC-001", 0, 0, width, 20)
    assert not ink.draw_code128(canvas, "K" * 60, 0, 0, width, 20)
    assert not ink.draw_code128(canvas, "KAIN-É", 0, 0, width, 20)


def test_a_certificate_tells_what_is_known_of_the_piece(consignment):
    record = consignment.lines.first().stockrecord
    record.product.making_days = 21
    record.product.save()
    record.product.motifs.add(Motif.objects.create(slug="bebek", name_ind="Bebek Setaman", name_en="Ducks"))
    wanted = certificate.of_fair(consignment.fair)
    with translation.override("en"):
        pdf = certificate.cards(wanted)
        facts = dict(certificate.facts(wanted[0].record))
    assert pages(pdf) == 3
    assert facts["Made in"] == "21 days"
    assert facts["Motif"] == "Ducks"
    assert "Technique" not in facts
    assert "Scan to read its story" in strings(pdf)


def test_each_unit_gets_its_card(consignment):
    assert pages(certificate.cards(certificate.of_fair(consignment.fair))) == 3


def test_papers_are_printed_of_one_packing_list(consignment):
    """A top-up of two is two labels, not the whole fair's once more."""
    fair, maker = consignment.fair, consignment.maker
    top_up = ConsignmentFactory(fair=fair, maker=maker, number=4)
    record = consignment.lines.first().stockrecord
    ConsignmentLineFactory(consignment=top_up, stockrecord=record, quantity=2, price=Decimal(275000))
    wanted = labels.of_fair(fair, packing_list=top_up)
    assert [(label.price, label.copies) for label in wanted] == [(Decimal(275000), 2)]
    assert pages(certificate.cards(certificate.of_fair(fair, packing_list=top_up))) == 2
    assert sum(label.copies for label in labels.of_fair(fair)) == 5


def test_a_certificate_leads_to_the_page_of_its_piece(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://kriya.example"
    assert ink.page_of_piece("KB/TC 1") == "https://kriya.example/karya/KB%2FTC%201/"


def test_cards_ask_as_often_for_many_pieces_as_for_few(consignment, django_assert_num_queries):
    for _each in range(5):
        ConsignmentLineFactory(consignment=consignment)
    with django_assert_num_queries(3):
        certificate.cards(certificate.of_fair(consignment.fair))
    with django_assert_num_queries(1):
        labels.sheet(labels.of_fair(consignment.fair))


def variants_of(consignment, count):
    """A cloth whose sizes have no words of their own: the parent has title, maker, craft, motif and days."""
    cloth = ProductFactory(
        structure="parent",
        maker=consignment.maker,
        title_ind="Kain limar",
        making_days=40,
        stockrecord=None,
        motifs=[Motif.objects.get_or_create(slug="bebek", defaults={"name_ind": "Bebek", "name_en": "Duck"})[0]],
    )
    attributes = cloth.product_class.attributes
    technique, _made = attributes.get_or_create(code="technique", defaults={"name": "Teknik", "type": "text"})
    technique.save_value(cloth, "Ikat pakan")
    for _each in range(count):
        nothing = {"title_ind": "", "title_en": "", "craft": None, "product_class": None}
        size = ProductFactory(structure="child", parent=cloth, maker=consignment.maker, stock=1, **nothing)
        type(size).objects.filter(pk=size.pk).update(maker=None)
        record = size.stockrecords.get()
        ConsignmentLineFactory(consignment=consignment, stockrecord=record)
    return cloth, record


def test_a_variant_has_its_parents_words_on_the_card(fair):
    made = ConsignmentFactory(fair=fair)
    cloth, _record = variants_of(made, 1)
    (card,) = certificate.of_fair(fair)
    with translation.override("en"):
        told = dict(certificate.facts(card.record))
    assert told["Maker"].startswith(made.maker.name)
    assert told["Craft"] == cloth.craft.name_en
    assert (told["Motif"], told["Technique"], told["Made in"]) == ("Duck", "Ikat pakan", "40 days")


@pytest.mark.parametrize(
    "draw",
    [
        lambda made: certificate.cards(certificate.of_fair(made.fair)),
        lambda made: labels.sheet(labels.of_fair(made.fair)),
        lambda made: handover.sheet(made),
    ],
)
def test_papers_ask_as_often_for_many_variants_as_for_few(fair, draw):
    made = ConsignmentFactory(fair=fair)
    variants_of(made, 1)
    made = Consignment.objects.get(pk=made.pk)
    with CaptureQueriesContext(connection) as few:
        draw(made)
    for _each in range(3):
        variants_of(made, 2)
    made = Consignment.objects.get(pk=made.pk)
    with CaptureQueriesContext(connection) as many:
        draw(made)
    assert len(many) == len(few)


@pytest.fixture
def issued(consignment):
    line = books.SoldLine(
        date(2026, 12, 2), "Kain & selendang", "SKU-1", "A-0001", 1, Decimal(250000), Decimal(10), Decimal(25000)
    )
    return books.issue_statement(
        consignment.maker, [line], reference=consignment.fair.reference, shared_costs=Decimal(5000)
    )


def test_a_statement_adds_up_before_the_makers_eyes(issued, fair):
    with translation.override("en"):
        told = words(statement.sheet(issued, fair))
    for part in ("IDR 250,000", "IDR 25,000 (10 %)", "IDR 5,000", "Due IDR 220,000", "A-0001", "Kain & selendang"):
        assert part in told
    assert "Superseded" not in told


def test_a_signed_sheet_keeps_the_terms_it_was_signed_with(consignment, django_user_model):
    row = FairMakerFactory(fair=consignment.fair, maker=consignment.maker, commission_percent=Decimal("12.50"))
    fair = consignment.fair
    Fair.objects.update(status="packing", shared_cost_percent=40)
    packing.hand_over(consignment, signed_by="Intan", actor=django_user_model.objects.create_user("k@example.com", "x"))
    FairMaker.objects.filter(pk=row.pk).update(commission_percent=30)
    Fair.objects.update(shared_cost_percent=90)
    with translation.override("en"):
        told = words(handover.sheet(Consignment.objects.get(pk=consignment.pk)))
    assert "keeps 12.5 % of the price" in told
    assert "bear 40 % of the shared costs" in told
    draft = ConsignmentFactory(fair=Fair.objects.get(pk=fair.pk), maker=consignment.maker, number=4)
    with translation.override("en"):
        assert "keeps 30 % of the price" in words(handover.sheet(draft))


def test_a_reopened_statement_tells_no_payment_made_later(issued, fair, django_user_model):
    actor = django_user_model.objects.create_user("k@example.com", "x")
    paid = {"method": "cash", "paid_on": date(2026, 12, 9), "actor": actor}
    books.pay_out(issued, amount=Decimal(20000), proof="KW-7", key="p1", **paid)
    wrong = books.pay_out(issued, amount=Decimal(1000), proof="KW-8", key="p2", **paid)
    books.take_back(wrong, reason="Salah", actor=actor)
    old = books.reopen_statement(issued, reason="Retur", actor=actor)
    new = books.issue_statement(issued.maker, [], reference=fair.reference, actor=actor)
    books.receive_back(new, amount=Decimal(5000), proof="KW-9", key="p3", **paid)
    with translation.override("en"):
        before, after = words(statement.sheet(old, fair)), words(statement.sheet(new, fair))
    assert "KW-7" in before and "KW-9" not in before
    assert "KW-7" in after and "Came back on 9 December 2026: IDR 5,000 by Cash, proof KW-9" in after
    assert "KW-8" not in before + after
    assert "To come back from the maker: IDR 15,000" in after
    assert "State Money is to come back" in after


def test_a_reopened_statement_says_that_it_does_not_stand(issued, fair, django_user_model):
    actor = django_user_model.objects.create_user("k@example.com", "x")
    books.pay_out(
        issued, amount=Decimal(20000), method="cash", paid_on=date(2026, 12, 9), proof="KW-7", key="p", actor=actor
    )
    reopened = books.reopen_statement(issued, reason="Satu retur tertinggal.", actor=actor)
    reopened.reopened_at = datetime(2026, 12, 10, 3, tzinfo=UTC)
    with translation.override("en"):
        told = words(statement.sheet(reopened, fair))
    assert "Superseded: reopened on 10 December 2026 because: Satu retur tertinggal. Another version" in told
    assert "Paid on 9 December 2026: IDR 20,000 by Cash, proof KW-7" in told
    assert "Still to be paid" not in told
