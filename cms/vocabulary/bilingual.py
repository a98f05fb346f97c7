"""Rows that hold both languages side by side."""

from cms import languages


class Bilingual:
    """``in_language("name")`` reads ``name_sv`` or ``name_en``, whichever the reader wants and there is."""

    def in_language(self, field: str, language: str | None = None) -> str:
        wanted = language or languages.active()
        return getattr(self, f"{field}_{wanted}", "") or getattr(self, f"{field}_sv") or getattr(self, f"{field}_en")

    def language_of(self, field: str) -> str:
        """The language that ``in_language`` really gave, for the ``lang`` attribute."""
        wanted = languages.active()
        return wanted if getattr(self, f"{field}_{wanted}", "") else "sv" if getattr(self, f"{field}_sv") else "en"
