"""What a person has several of: topics, languages, links, roles in organisations."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms.vocabulary.bilingual import Bilingual
from cms.vocabulary.models import Topic

from .organisations import Organisation


class PersonTopic(Orderable):
    person = ParentalKey("directory.Person", on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="person_links")

    panels = ["topic"]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_row_a_person_and_topic")]


class PersonLanguage(Orderable):
    """A language in which a person can answer."""

    person = ParentalKey("directory.Person", on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(
        _("language"),
        max_length=3,
        choices=[
            ("sv", _("Swedish")),
            ("en", _("English")),
            ("fi", _("Finnish")),
            ("fit", _("Meänkieli")),
            ("se", _("Sami")),
            ("rom", _("Romani")),
            ("yi", _("Yiddish")),
            ("swl", _("Swedish sign language")),
            ("da", _("Danish")),
            ("no", _("Norwegian")),
            ("de", _("German")),
            ("fr", _("French")),
            ("es", _("Spanish")),
            ("it", _("Italian")),
            ("pl", _("Polish")),
            ("uk", _("Ukrainian")),
            ("ar", _("Arabic")),
            ("fa", _("Persian")),
            ("so", _("Somali")),
            ("tr", _("Turkish")),
            ("zh", _("Chinese")),
        ],
    )

    panels = ["language"]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "language"], name="one_row_a_person_and_language")]


class PersonLink(Orderable):
    person = ParentalKey("directory.Person", on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("text"), max_length=100)
    url = models.URLField(_("address"))

    panels = ["label", "url"]


class Affiliation(Bilingual, Orderable):
    """A person's role in an organisation, for as long as it lasts."""

    person = ParentalKey("directory.Person", on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="affiliations"
    )
    role_sv = models.CharField(_("role in Swedish"), max_length=150, blank=True)
    role_en = models.CharField(_("role in English"), max_length=150, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Afterwards the role is no longer shown.")
    )

    panels = ["organisation", "role_sv", "role_en", "starts_on", "ends_on"]

    @property
    def role(self) -> str:
        return self.in_language("role")

    @property
    def role_lang(self) -> str:
        return self.language_of("role")

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return (self.starts_on or today) <= today <= (self.ends_on or today)
