"""Migrations of the Oscar apps we use unchanged, generated fresh beside those we override (see docs/adr)."""
