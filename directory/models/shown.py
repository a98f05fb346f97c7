"""What may be shown of a person: the one place that decides it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.media import PortalImage
from cms.vocabulary.bilingual import Bilingual
from cms.vocabulary.models import Topic

if TYPE_CHECKING:
    from .people import Person
    from .person_rows import Affiliation, PersonLink

PARTICLES = {"af", "av", "da", "de", "del", "den", "der", "di", "du", "la", "le", "ten", "ter", "van", "von", "zu"}


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    MEDIATORS = "mediators", _("Only those who introduce people to each other")
    HIDDEN = "hidden", _("Nobody")


class Basis(models.TextChoices):
    PUBLIC_TASK = "public_task", _("Task of public interest (GDPR 6.1 e)")
    CONSENT = "consent", _("Consent (GDPR 6.1 a)")
    CONTRACT = "contract", _("Contract (GDPR 6.1 b)")


def filed_under(given_name: str, family_name: str) -> str:
    """Carl von Alm is filed as "Alm, Carl von"."""
    words = family_name.split()
    start = next((n for n, word in enumerate(words) if word.lower() not in PARTICLES), 0)
    return f"{' '.join(words[start:])}, {' '.join([given_name, *words[:start]])}".strip(", ")


class Shown(Bilingual):
    """What everybody may see of a person today. What may not be seen is empty, as if it were not there."""

    def __init__(self, person: "Person"):
        self._person, self._public = person, person.is_public

    def _may(self, field: str) -> bool:
        return self._public and getattr(self._person, f"{field}_visibility") == Visibility.PUBLIC

    def __getattr__(self, name: str):
        """Fields that are plain text, ``title_sv`` as ``title``."""
        field = name.removesuffix("_sv").removesuffix("_en")
        if field not in ("title", "can_help_with", "email", "phone", "orcid"):
            raise AttributeError(name)
        if field == name and hasattr(self._person, f"{name}_sv"):
            return self.in_language(name)
        return getattr(self._person, name) if self._may(field) else ""

    @property
    def name(self) -> str:
        return str(self._person) if self._public else ""

    @property
    def listed_name(self) -> str:
        """As a list has it: von Alm, Carl."""
        return f"{self._person.family_name}, {self._person.given_name}" if self._public else ""

    @property
    def initials(self) -> str:
        return f"{self._person.given_name[:1]}{filed_under('', self._person.family_name)[:1]}".upper() if self._public else ""

    @property
    def title_lang(self) -> str:
        return self.language_of("title")

    @property
    def can_help_with_lang(self) -> str:
        return self.language_of("can_help_with")

    @property
    def photo(self) -> PortalImage | None:
        """The photo has a legal basis of its own, and a last day of its own."""
        until = self._person.photo_consent_until
        if not self._may("photo") or not self._person.photo_basis or (until and until < timezone.localdate()):
            return None
        photo = self._person.photo
        return photo if photo and photo.may_be_shown else None

    @property
    def links(self) -> Iterable["PersonLink"]:
        return self._person.links.all() if self._may("links") else []

    @property
    def affiliations(self) -> list["Affiliation"]:
        """Roles that last, in organisations that are public."""
        return (
            [role for role in self._person.affiliations.all() if role.is_current and role.organisation.is_public]
            if self._public
            else []
        )

    @property
    def topics(self) -> list[Topic]:
        return [link.topic for link in self._person.topic_links.all()] if self._public else []

    @property
    def languages(self) -> list[str]:
        return [spoken.get_language_display() for spoken in self._person.languages.all()] if self._public else []

    @property
    def spoken(self) -> str:
        """The languages as a sentence has them: Swedish writes them with small letters."""
        names = ", ".join(self.languages)
        return names if get_language() == "en" else capfirst(names.lower())

    @property
    def text(self) -> str:
        """What the search reads, in both languages."""
        words = [getattr(self, name) for name in ("title_sv", "title_en", "can_help_with_sv", "can_help_with_en", "orcid")]
        for topic in self.topics:
            words += [topic.name_sv, topic.name_en]
        for affiliation in self.affiliations:
            words += [
                affiliation.role_sv,
                affiliation.role_en,
                affiliation.organisation.name_sv,
                affiliation.organisation.name_en,
            ]
        return " ".join(filter(None, words))
