"""Pages of the desk, a module for each part of a fair's life."""
