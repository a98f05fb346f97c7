"""What an editor can put in the body of any page, and whatever plugins add to it.

As shallow as each block allows. Text is translated; pictures, choices and numbers are the same in both languages.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.contact import CallToAction, Cards, Contact, Downloads, LinkBox
from cms.blocks.facts import Accordion, FactBoxBlock, Outcomes, Process, QuestionList, SharedFactBox, Steps
from cms.blocks.film import Film
from cms.blocks.groups import RICH, TEXT
from cms.blocks.kinds import Newest
from cms.blocks.layout import AreaGrid, LanguageOnly
from cms.blocks.media import Gallery, Picture
from cms.blocks.organisations import OrganisationList
from cms.blocks.samples import spoken
from cms.blocks.table import Table
from cms.blocks.text import Definition, Heading, Quote, Summary
from cms.plugins import call_hooks


class BodyBlock(blocks.StreamBlock):
    """The blocks of every body."""

    heading = Heading()
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        group=TEXT,
        features=RICH,
        template="blocks/paragraph.html",
        description=_("Running text with links and lists."),
        preview_value=spoken(_("<p>Write as you speak. <b>One thought</b> at a time.</p>")),
    )
    summary = Summary()
    definition = Definition()
    quote = Quote()
    factbox = FactBoxBlock()
    shared_factbox = SharedFactBox()
    link_box = LinkBox()
    image = Picture()
    gallery = Gallery()
    film = Film()
    steps = Steps()
    contact = Contact()
    call_to_action = CallToAction()
    cards = Cards()
    accordion = Accordion()
    table = Table()
    area_grid = AreaGrid()
    language_only = LanguageOnly()
    organisation_list = OrganisationList()
    question_list = QuestionList()
    bullet_outcomes = Outcomes()
    process = Process()
    downloads = Downloads()
    newest = Newest()

    def __init__(self, local_blocks=(), **kwargs):
        super().__init__([*local_blocks, *call_hooks("register_body_blocks")], **kwargs)

    class Meta:
        template = "blocks/body.html"
