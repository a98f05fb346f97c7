"""Where an administrator keeps the words that everything shares; editors see the fact boxes alone."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.vocabulary import models


class WordViewSet(SnippetViewSet):
    list_display = ["name_sv", "name_en", "code"]
    search_fields = ["name_sv", "name_en", "code"]
    search_backend_name = None  # part of a word is enough to find it
    copy_view_enabled = False
    list_per_page = chooser_per_page = 50


class RankedWordViewSet(WordViewSet):
    list_display = [*WordViewSet.list_display, "sort_order"]
    ordering = ["sort_order"]


class FocusAreaViewSet(RankedWordViewSet):
    model, icon = models.FocusArea, "layers"


class TopicViewSet(WordViewSet):
    model, icon = models.Topic, "tag"
    list_display = [*WordViewSet.list_display, "parent"]
    search_fields = [*WordViewSet.search_fields, "alt_labels_sv", "alt_labels_en"]


class GoalViewSet(WordViewSet):
    model, icon = models.SustainableGoal, "target"
    list_display = ["number", "name_sv", "name_en"]
    search_fields = ["number", "name_sv", "name_en"]


class SectorViewSet(RankedWordViewSet):
    model, icon = models.Sector, "building"


class AudienceViewSet(RankedWordViewSet):
    model, icon = models.Audience, "group"


class MethodPhaseViewSet(RankedWordViewSet):
    model, icon = models.MethodPhase, "route"


class LicenceViewSet(RankedWordViewSet):
    model, icon = models.Licence, "scale"


class FactBoxViewSet(WordViewSet):
    model, icon = models.FactBox, "info-circle"
    list_display = ["heading_sv", "heading_en", "code"]
    search_fields = ["heading_sv", "heading_en", "text_sv", "text_en"]


class StewardViewSet(WordViewSet):
    model, icon = models.Steward, "user"
    list_display = ["label_sv", "label_en", "mailbox", "backup"]
    search_fields = ["label_sv", "label_en", "mailbox"]


class Vocabulary(SnippetViewSetGroup):
    menu_label, menu_icon, menu_order = _("Vocabulary"), "tag", 600
    items = (
        FocusAreaViewSet,
        TopicViewSet,
        GoalViewSet,
        SectorViewSet,
        AudienceViewSet,
        MethodPhaseViewSet,
        LicenceViewSet,
        FactBoxViewSet,
        StewardViewSet,
    )


register_snippet(Vocabulary)
