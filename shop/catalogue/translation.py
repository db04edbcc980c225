from modeltranslation.translator import TranslationOptions, register

from .models import (  # type: ignore[attr-defined]
    AttributeOption,
    Category,
    Product,
    ProductAttribute,
    ProductClass,
)


@register(Product)
class ProductTranslation(TranslationOptions):
    fields = ("title", "description", "meta_title", "meta_description", "care")


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "description", "meta_title", "meta_description")


@register(ProductAttribute)
class ProductAttributeTranslation(TranslationOptions):
    fields = ("name",)


@register(AttributeOption)
class AttributeOptionTranslation(TranslationOptions):
    fields = ("option",)


@register(ProductClass)
class ProductClassTranslation(TranslationOptions):
    fields = ("name",)
