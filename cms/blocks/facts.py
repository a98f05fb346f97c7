"""What the reader uses beside the text: facts, steps, questions with answers."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms import markdown
from cms.blocks.groups import FACTS, RICH
from cms.blocks.samples import one, spoken


class FactBoxBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH)
    tone = blocks.ChoiceBlock(
        label=_("Tone"), choices=[("info", _("Information")), ("tips", _("Tip")), ("warning", _("Warning"))], default="info"
    )

    class Meta:
        label, icon, group = _("Fact box"), "info-circle", FACTS
        description = _("Something to know beside the text: a fact, a tip or a warning.")
        template = "blocks/factbox.html"
        preview_value = spoken(
            {"heading": _("Good to know"), "text": _("<p>Notes often become public documents.</p>"), "tone": "info"}
        )


class SharedFactBox(SnippetChooserBlock):
    def __init__(self, **kwargs):
        super().__init__("vocabulary.FactBox", **kwargs)

    class Meta:
        label, icon, group = _("Shared fact box"), "copy", FACTS
        description = _("A fact box that several pages show. Change it once, and it is changed everywhere.")
        template = "blocks/shared_factbox.html"
        preview_value = staticmethod(lambda: one("vocabulary.FactBox"))


class Step(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What to do"), max_length=100)
    text = blocks.RichTextBlock(label=_("How"), features=RICH, required=False)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=0, max_value=10_000, required=False)

    def in_markdown(self, value, context) -> str:
        minutes = gettext("%(minutes)s min") % {"minutes": value["minutes"]} if value["minutes"] else ""
        heading = f"**{markdown.plain(value['title'])}**" + (f" ({minutes})" if minutes else "")
        return markdown.paragraphs(heading, markdown.from_html(str(value["text"])))

    class Meta:
        label, icon = _("Step"), "list-ol"
        form_layout = ["title", "minutes", "text"]


class StepWithMaterials(Step):
    materials = blocks.CharBlock(label=_("Bring"), max_length=200, required=False)

    class Meta:
        form_layout = ["title", "minutes", "text", "materials"]


class Steps(blocks.StructBlock):
    steps = blocks.ListBlock(StepWithMaterials(), label=_("Steps"), min_num=1)

    class Meta:
        label, icon, group = _("Steps"), "list-ol", FACTS
        description = _("What to do, in order, with minutes if they matter.")
        template = "blocks/steps.html"
        preview_value = spoken(
            {"steps": [{"title": _("Welcome"), "text": _("<p>Everybody says their name.</p>"), "minutes": 5, "materials": ""}]}
        )


class AccordionItem(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Question"), max_length=200)
    text = blocks.RichTextBlock(label=_("Answer"), features=RICH)

    class Meta:
        label, icon = _("Question and answer"), "help"


class Accordion(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItem(), label=_("Questions and answers"), min_num=1)

    def structured_data(self, value) -> list[dict]:
        answers = [(item["heading"], {"@type": "Answer", "text": markdown.bare(str(item["text"]))}) for item in value["items"]]
        return [{"@type": "Question", "name": question, "acceptedAnswer": answer} for question, answer in answers]

    class Meta:
        label, icon, group = _("Questions and answers"), "help", FACTS
        description = _("Questions that fold out. For what some readers need, and most do not.")
        template = "blocks/accordion.html"
        preview_value = spoken({"items": [{"heading": _("What does it cost?"), "text": _("<p>Nothing.</p>")}]})


class QuestionList(blocks.StructBlock):
    intro = blocks.TextBlock(label=_("Introduction"), required=False, max_length=500)
    questions = blocks.ListBlock(blocks.CharBlock(label=_("Question"), max_length=250), label=_("Questions"), min_num=1)

    class Meta:
        label, icon, group = _("Questions to talk about"), "help", FACTS
        description = _("Questions for a conversation, in the order you would ask them.")
        template = "blocks/question_list.html"
        preview_value = spoken(
            {
                "intro": _("Give each question at least twenty minutes."),
                "questions": [_("What do you lack today?"), _("What can we only do together?")],
            }
        )


class Outcomes(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=150)
    items = blocks.ListBlock(blocks.CharBlock(label=_("Outcome"), max_length=250), label=_("Outcomes"), min_num=1)

    class Meta:
        label, icon, group = _("Outcomes"), "list-ul", FACTS
        description = _("What something is meant to lead to, one outcome per line.")
        template = "blocks/bullet_outcomes.html"
        preview_value = spoken(
            {
                "heading": _("What we want to reach"),
                "items": [_("More people know whom to ask."), _("The answer comes within two weeks.")],
            }
        )


class ProcessRow(blocks.StructBlock):
    role = blocks.CharBlock(label=_("Role or function"), max_length=100)
    task = blocks.TextBlock(label=_("What it does"), max_length=400)
    when = blocks.CharBlock(label=_("When"), max_length=100, required=False)

    class Meta:
        label, icon = _("Role"), "user"


class Process(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), max_length=150, help_text=_("Says what the table is about."))
    rows = blocks.ListBlock(ProcessRow(), label=_("Roles"), min_num=1)

    class Meta:
        label, icon, group = _("Process and roles"), "table", FACTS
        description = _("A table of who does what, and when.")
        template = "blocks/process.html"
        preview_value = spoken(
            {
                "caption": _("How we share the work"),
                "rows": [{"role": _("The coordinator"), "task": _("Holds together what happens."), "when": _("Every week")}],
            }
        )
