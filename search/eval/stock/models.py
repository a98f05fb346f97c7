from django.db import models
from modelsearch.index import AutocompleteField, FilterField, Indexed, SearchField


class Text(Indexed, models.Model):
    """A page, searched as Wagtail searches pages."""

    name = models.CharField(max_length=255)
    locale = models.CharField(max_length=8)
    title = models.TextField()
    keywords = models.TextField()
    headings = models.TextField()
    body = models.TextField()

    search_fields = [
        SearchField("title", boost=2),
        AutocompleteField("title"),
        SearchField("keywords"),
        SearchField("headings"),
        SearchField("body"),
        FilterField("locale"),
    ]

    def __str__(self):
        return self.title
