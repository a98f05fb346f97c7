from wagtail.search.apps import WagtailSearchAppConfig


class QuietSearchConfig(WagtailSearchAppConfig):
    """Wagtail's search without its own following of every save: our index reads the outbox."""

    default = False

    def ready(self):
        """Nothing: its signals, and the rows that it ties to every indexed model, serve an index that is not used."""
