from decimal import Decimal

import pytest

from shop import public
from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory
from shop.pictures.tests.factories import PictureFactory

pytestmark = pytest.mark.django_db


def test_pieces_by_rule_are_narrowed_by_craft_motif_maker_and_price():
    cual, rebung, maker = (
        CraftFactory(slug="tenun-cual"),
        MotifFactory(slug="pucuk-rebung"),
        MakerFactory(slug="ibu-siti"),
    )
    wanted = ProductFactory(craft=cual, maker=maker, motifs=[rebung], price=Decimal("500000"))
    ProductFactory(craft=cual, maker=maker, motifs=[rebung], price=Decimal("500001"))
    ProductFactory(craft=cual, maker=maker, price=Decimal("400000"))
    ProductFactory(maker=maker, motifs=[rebung], price=Decimal("400000"))
    ProductFactory(craft=cual, motifs=[rebung], price=Decimal("400000"))

    found = public.products_by_rule(
        craft="tenun-cual", motif="pucuk-rebung", maker="ibu-siti", price_max=Decimal("500000")
    )

    assert found == [wanted]


def test_pieces_are_ordered_by_price_both_ways():
    dear, cheap = ProductFactory(price=Decimal("900000")), ProductFactory(price=Decimal("100000"))
    assert public.products_by_rule(order="price") == [cheap, dear]
    assert public.products_by_rule(order="-price") == [dear, cheap]


def test_pieces_chosen_by_hand_keep_their_order_and_leave_out_the_hidden():
    first, second = ProductFactory(), ProductFactory()
    hidden, of_hidden_maker = ProductFactory(is_public=False), ProductFactory(maker__is_public=False)
    assert public.products_by_ids([second.pk, hidden.pk, of_hidden_maker.pk, 999_999, first.pk]) == [second, first]


def test_cards_cost_the_same_queries_however_many_there_are(django_assert_num_queries):
    def read():
        for card in public.newest_products(limit=100):
            assert card.card_picture and card.card_price and card.maker.name
            list(card.card_picture.renditions.all())
        return True

    ProductFactory(pictures=[PictureFactory()])
    with django_assert_num_queries(4):
        read()
    for _ in range(10):
        ProductFactory(pictures=[PictureFactory(pixel_width=40, pixel_height=50)])
    with django_assert_num_queries(4):
        read()


def test_made_to_order_piece_can_be_bought_without_stock():
    piece = MadeToOrderFactory()
    assert piece.is_buyable
    assert not ProductFactory().is_buyable


def test_crafts_and_makers_count_only_pieces_anybody_may_see():
    craft, maker = CraftFactory(), MakerFactory()
    ProductFactory.create_batch(2, craft=craft, maker=maker)
    ProductFactory(craft=craft, maker=maker, is_public=False)
    ProductFactory(craft=craft, maker__is_public=False)
    assert public.craft_by_slug(craft.slug).piece_count == 2
    assert [m.piece_count for m in public.makers_by_ids([maker.pk])] == [2]
