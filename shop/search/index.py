"""What of a piece can be found, on Wagtail's search index (SQLite FTS5, PostgreSQL).

Everything is indexed for whole words and for beginnings, so that 'rebu' finds pucuk rebung while it is typed. Both
languages of a piece are in one entry: whoever types 'scarf' on the Indonesian page means the same cloth.
"""

from modelsearch import index


def named(*fields: str) -> list:
    return [entry(name) for name in fields for entry in (index.SearchField, index.AutocompleteField)]


PRODUCT_FIELDS = [
    *named("title_ind", "title_en", "description_ind", "description_en", "searchable_code"),
    index.RelatedFields("maker", named("name", "person", "village")),
    index.RelatedFields("craft", named("name_ind", "name_en")),
    index.RelatedFields("motifs", named("name_ind", "name_en")),
    index.FilterField("id"),
]
