from cms.facets import AtMostFacet, RowFacet
from cms.kinds import Kind, Order, bilingual
from cms.plugins import PortalPlugin


class PodcastPlugin(PortalPlugin):
    name = "samverka_podcast"
    verbose_name = bilingual("Poddar", "Podcasts")
    default_auto_field = "django.db.models.BigAutoField"
    kinds = (
        Kind(
            name="podcast",
            model="samverka_podcast.PodcastPage",
            label=bilingual("Poddar", "Podcasts"),
            label_one=bilingual("Poddavsnitt", "Podcast episode"),
            facets=(
                RowFacet("topic", bilingual("Ämne", "Topic"), "topic_links__topic"),
                AtMostFacet(
                    "minutes",
                    bilingual("Längd", "Length"),
                    "minutes",
                    limits=(15, 60),
                    limit_label=bilingual("Högst %(limit)s minuter", "At most %(limit)s minutes"),
                ),
            ),
            orders=(Order("newest", bilingual("Nyast först", "Newest first"), ("-first_published_at",)),),
            schema_org="PodcastEpisode",
            on_front_page=2,
        ),
    )
