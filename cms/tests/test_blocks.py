"""Every block: empty, minimal, full; and what it does when the thing it names is gone."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from wagtail.blocks import CharBlock, ListBlock, TextBlock

from cms.core.blocks import CampaignBlocks, PlainBlocks, StoryBlocks
from cms.core.blocks.links import LinkBlock
from cms.core.blocks.pieces import ProductsByRuleBlock
from shop.catalogue.tests.factories import ProductFactory

from .factories import CampaignFactory, Stage, StandardPageFactory, block, body, items

pytestmark = pytest.mark.django_db
NAMES = sorted(CampaignBlocks().child_blocks)
#: Blocks whose words are all optional, or that show only things: empty, they leave no trace on the page.
SILENT = {"picture", "picture_pair", "motif_strip", "maker", "maker_grid", "products", "products_by_rule"}


def show(client, *blocks, **fields) -> str:
    page = CampaignFactory(body=body(*blocks), **fields)
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def as_the_form_leaves_it(one) -> dict:
    """What the editor stores for a block that was added and not filled in: empty words, no chosen things."""
    stored = one.get_prep_value(one.get_default())
    for name, child in one.child_blocks.items():
        if isinstance(child, CharBlock | TextBlock):
            stored[name] = stored[name] or ""
        elif isinstance(child, ListBlock):
            stored[name] = []
    return stored


def test_there_are_the_fifteen_blocks_and_each_names_its_icon_group_description_and_template():
    assert len(NAMES) == 15
    for name, one in CampaignBlocks().child_blocks.items():
        assert one.meta.icon != "placeholder", name
        assert one.label and one.meta.group and one.meta.description, name
        assert get_template(one.meta.template), name


@pytest.mark.parametrize("name", NAMES)
def test_empty_block_renders(client, name):
    html = show(client, block(name, **as_the_form_leaves_it(CampaignBlocks().child_blocks[name])))
    assert "None" not in html
    if name in SILENT:
        assert "<img" not in html and "<section" not in html


@pytest.mark.parametrize("name", NAMES)
def test_full_block_renders_without_a_script_or_style_attribute(client, name):
    stage = Stage()
    wanted = next(one for one in stage.blocks() if one["type"] == name)
    html = show(client, wanted)
    assert "None" not in html
    assert "<script" not in html and " style=" not in html and "onclick" not in html


def test_a_full_page_shows_what_each_block_holds(client):
    stage = Stage()
    html = show(client, *stage.blocks())
    for words in (
        "Dicelup dulu",
        "Baru ditenun.",
        "Gula mutung",
        "Saya menghitung benang.",
        "1942",
        "Langkah 2",
        "Luntur?",
    ):
        assert words in html
    for thing in (*stage.makers, *stage.motifs):
        assert thing.name in html
    for piece in stage.products:
        assert f"{piece.get_absolute_url()}?source=kampanye-kain-cual" in html
    assert html.count("<h1") == 1
    assert "wa.me" in html


def test_illustration_says_so_in_its_caption_and_its_alternative_text(client):
    stage = Stage()
    html = show(client, block("picture", picture=stage.pictures[0].pk, caption="Kain", width="text"))
    assert "figure__credit" in html
    assert 'alt="Ilustrasi: Gambar:' in html or 'alt="Illustration: Gambar:' in html


def test_deleted_and_withdrawn_pieces_are_left_out(client):
    gone, withdrawn, stays = ProductFactory(), ProductFactory(is_public=False), ProductFactory(title_ind="Yang tinggal")
    pk = gone.pk
    gone.delete()
    html = show(client, block("products", heading="Pilihan", intro="", products=items(pk, withdrawn.pk, stays.pk)))
    assert html.count('class="card__title"') == 1
    assert "Yang tinggal" in html


def test_block_whose_pieces_are_all_gone_is_left_out_with_its_heading(client):
    html = show(client, block("products", heading="Pilihan kami", intro="", products=items(987654)))
    assert "Pilihan kami" not in html


def test_hidden_maker_is_left_out_of_maker_blocks(client):
    stage = Stage()
    hidden = stage.makers[0]
    type(hidden).objects.filter(pk=hidden.pk).update(is_public=False)
    html = show(
        client,
        block("maker", maker=hidden.pk, heading="Tentang dia", text="Teks"),
        block("maker_grid", heading="Mereka", intro="", makers=items(*(maker.pk for maker in stage.makers))),
    )
    assert "Tentang dia" not in html
    assert html.count("card__title--display") == 2


def test_rule_narrows_by_craft_motif_maker_and_price_and_keeps_its_order(client):
    stage = Stage()
    alike = {"craft": stage.craft, "maker": stage.makers[0], "motifs": stage.motifs[:1], "stock": 1}
    cheap = ProductFactory(title_ind="Murah", price=100_000, **alike)
    ProductFactory(title_ind="Mahal", price=9_000_000, **alike)
    ProductFactory(title_ind="Kerajinan lain", price=100_000)
    html = show(
        client,
        block(
            "products_by_rule",
            heading="",
            intro="",
            craft=stage.craft.pk,
            motif=stage.motifs[0].pk,
            maker=stage.makers[0].pk,
            price_min=None,
            price_max=300_000,
            order="price",
            limit=4,
        ),
    )
    assert html.index("Murah") < html.index(stage.products[0].title_ind)
    assert "Mahal" not in html and "Kerajinan lain" not in html
    assert cheap.get_absolute_url() in html


def test_rule_with_crossed_prices_is_refused():
    one = ProductsByRuleBlock()
    with pytest.raises(ValidationError):
        one.clean(one.to_python({"price_min": 500_000, "price_max": 100_000, "order": "newest", "limit": 4}))


@pytest.mark.parametrize(
    "value",
    [
        {"label": "Baca", "page": None, "place": "", "url": ""},
        {"label": "", "page": None, "place": "shop", "url": ""},
        {"label": "Baca", "page": None, "place": "shop", "url": "https://example.org/"},
    ],
)
def test_button_needs_words_and_exactly_one_target(value):
    one = LinkBlock()
    with pytest.raises(ValidationError):
        one.clean(one.to_python(value))


def test_button_without_anything_is_no_button():
    one = LinkBlock()
    cleaned = one.clean(one.to_python({"label": "", "page": None, "place": "", "url": ""}))
    assert not cleaned.shows


def test_button_to_a_page_that_was_unpublished_disappears(client):
    target = StandardPageFactory(slug="tentang")
    target.unpublish()
    html = show(client, block("call", title="Akhir", text="", link={"label": "Baca lagi", "page": target.pk}))
    assert "Baca lagi" not in html


def test_link_in_a_text_to_a_deleted_page_keeps_its_words(client):
    html = show(client, block("chapter", heading="", text='<p>Baca <a linktype="page" id="987654">kisah itu</a>.</p>'))
    assert "kisah itu" in html
    assert 'href="None"' not in html


@pytest.mark.parametrize("name", NAMES)
def test_preview_in_the_block_chooser_shows_things_of_the_shop(admin_client, name):
    stage = Stage()
    one = CampaignBlocks().child_blocks[name]
    assert one.is_previewable
    response = admin_client.get("/kelola/block-preview/", {"id": one.definition_prefix})
    assert response.status_code == 200
    html = response.content.decode()
    assert "story.css" in html
    if name in ("products", "products_by_rule"):
        assert stage.products[0].title_ind in html


def test_preview_of_a_block_works_in_an_empty_shop(admin_client):
    for one in CampaignBlocks().child_blocks.values():
        assert admin_client.get("/kelola/block-preview/", {"id": one.definition_prefix}).status_code == 200


def test_plain_pages_take_only_plain_blocks():
    assert set(PlainBlocks().child_blocks) == {"chapter", "picture", "accordion", "call"}
    assert "opening" not in StoryBlocks().child_blocks
