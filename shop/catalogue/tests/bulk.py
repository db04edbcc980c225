"""Thousands of pieces in a second, for tests that ask whether a page grows slow with the shop."""

from decimal import Decimal

from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory
from shop.pictures.models import Rendition
from shop.pictures.services import spec_for
from shop.pictures.tests.factories import PictureFactory

from .factories import CategoryFactory, ProductClassFactory

Product = get_model("catalogue", "Product")
ProductCategory = get_model("catalogue", "ProductCategory")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")


class Shelf:
    """One craft with its shelf, makers, motifs and pictures; ``fill`` puts pieces on it, in a fixed number of
    queries."""

    def __init__(self, slug: str = "tenun-cual", *, makers: int = 3, motifs: int = 3):
        self.craft = CraftFactory(slug=slug)
        self.category = CategoryFactory(craft=self.craft)
        self.product_class = ProductClassFactory()
        self.makers = MakerFactory.create_batch(makers, crafts=[self.craft])
        self.motifs = MotifFactory.create_batch(motifs, craft=self.craft)
        self.pictures = PictureFactory.create_batch(2, pixel_width=40, pixel_height=50)
        Rendition.objects.bulk_create(
            Rendition(image=picture, filter_spec=spec_for(width), file=picture.file.name, width=width, height=width)
            for picture in self.pictures
            for width in (320, 640)
        )
        self.filled = 0

    def fill(self, count: int) -> list:
        numbers = range(self.filled, self.filled + count)
        self.filled += count
        pieces = Product.objects.bulk_create(
            Product(
                title=f"Kain limar {n}",
                title_ind=f"Kain limar {n}",
                title_en=f"Limar cloth {n}",
                description="Ditenun dengan tangan",
                description_ind="Ditenun dengan tangan",
                description_en="Woven by hand",
                slug=f"kain-limar-{n}",
                upc=f"KB-{n:05}",
                product_class=self.product_class,
                craft=self.craft,
                maker=self.makers[n % len(self.makers)],
            )
            for n in numbers
        )
        StockRecord.objects.bulk_create(
            StockRecord(
                product=piece,
                partner=piece.maker.partner,
                partner_sku=piece.upc,
                price=Decimal(100_000 + n),
                price_currency="IDR",
            )
            for n, piece in zip(numbers, pieces, strict=True)
        )
        ProductImage.objects.bulk_create(
            ProductImage(product=piece, original=self.pictures[n % 2], display_order=0)
            for n, piece in zip(numbers, pieces, strict=True)
        )
        ProductCategory.objects.bulk_create(ProductCategory(product=piece, category=self.category) for piece in pieces)
        Product.motifs.through.objects.bulk_create(
            Product.motifs.through(product=piece, motif=self.motifs[n % len(self.motifs)])
            for n, piece in zip(numbers, pieces, strict=True)
        )
        return pieces
