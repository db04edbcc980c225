"""The API resources the shop uses, a module each."""
