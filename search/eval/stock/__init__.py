"""Wagtail's search as it comes, on SQLite: a Django project of one model, run in a process of its own."""
