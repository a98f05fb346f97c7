"""The first use of a word of the glossary on a page leads to it; nothing else does."""

import re
import time
from itertools import product

import pytest
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page, PageViewRestriction

from knowledge.models import GlossaryTerm
from knowledge.models.page_terms import read_next
from knowledge.term_links import Text, Words, put_links
from tests import scratch
from tests.test_guides import get

SV, EN = "/kunskap/ordlista/", "/en/knowledge/glossary/"
LINK = re.compile(r'<a class="term" href="([^"]+)">([^<]+)</a>')


def term(sv: str, en: str, **fields) -> GlossaryTerm:
    meaning = {"short_definition_sv": f"Vad {sv} är.", "short_definition_en": f"What {en} is."}
    return GlossaryTerm.objects.create(term_sv=sv, term_en=en, **{**meaning, **fields})


def written(*blocks: tuple, title: str = "Ett prov", language: str = "sv") -> Page:
    """A page with these blocks, published as an editor does it."""
    page = scratch.write(title, scratch.home(language))
    page.body = list(blocks)
    page.save_revision().publish()
    return page


def paragraph(html: str) -> tuple[str, str]:
    return ("paragraph", f"<p>{html}</p>")


def links(client, page: Page) -> list[tuple[str, str]]:
    return LINK.findall(get(client, page.url))


class Source:
    def __init__(self, source: str):
        self.source = source


def linked(html: str, language: str, *terms: str) -> str:
    """A text with its links, by the numbers of the terms."""
    words = Words([(number, word, "") for number, word in enumerate(terms)], language)
    text = Text("here", Source(html), "source")
    put_links([text], words.uses_in(text), {number: f"/{number}" for number in range(len(terms))})
    return text.source


# Which words become links


@pytest.mark.parametrize(
    "html",
    [
        '<p>En <a href="/x">ny samverkan</a> här.</p>',
        "<h2>Om samverkan</h2>",
        "<h3>Mer <i>samverkan</i></h3>",
        '<p><a href="/x">all <b>samverkans</b> vinster</a></p>',
        "<blockquote>samverkan är allt</blockquote>",
        "<p>omsamverkan, samverkansfrågan, samverkan-nu, vi@samverkan</p>",
        '<p title="samverkan">Här</p>',
        '<p><span lang="en">samverkan</span></p>',
    ],
)
def test_a_word_in_a_link_a_heading_a_quotation_or_another_word_is_left_alone(html):
    assert linked(html, "sv", "samverkan") == html


def test_the_longest_term_wins_and_its_parts_stay_within_it():
    html = linked("<p>Ett strategiskt partnerskap är ett partnerskap.</p>", "sv", "partnerskap", "strategiskt partnerskap")
    assert (
        html == '<p>Ett <a class="term" href="/1">strategiskt partnerskap</a> är ett <a class="term" href="/0">partnerskap</a>.</p>'
    )


def test_only_the_first_use_is_linked_and_a_link_before_it_does_not_count():
    html = linked('<p><a href="/x">Arena</a>, arena och <b>arena</b>.</p>', "sv", "arena")
    assert html == '<p><a href="/x">Arena</a>, <a class="term" href="/0">arena</a> och <b>arena</b>.</p>'


@pytest.mark.parametrize(
    ("language", "word", "written"),
    [
        *(("sv", *pair) for pair in product(["partnerskap"], ["PARTNERSKAPET", "partnerskapets", "partnerskapens"])),
        *(("sv", *pair) for pair in product(["samverkansarena"], ["samverkansarenor", "samverkansarenan", "samverkansarenornas"])),
        *(("sv", *pair) for pair in product(["lärosäte"], ["lärosätet", "lärosäten", "lärosätenas"])),
        *(("sv", *pair) for pair in product(["processledare"], ["processledaren", "processledarna", "processledares"])),
        *(("sv", *pair) for pair in product(["verksamhetsidé"], ["verksamhetsidén", "verksamhetsidéernas"])),
        *(("sv", *pair) for pair in product(["nätverk"], ["nätverket", "nätverken", "nätverkens"])),
        *(("sv", *pair) for pair in product(["program"], ["programmet", "programmen"])),
        *(("sv", *pair) for pair in product(["handbok"], ["handboken", "handböcker", "handböckernas"])),
        *(("sv", *pair) for pair in product(["regel"], ["regeln", "regler", "reglerna"])),
        *(("sv", *pair) for pair in product(["ansökan"], ["ansökans", "ansökningar"])),
        *(("en", *pair) for pair in product(["party"], ["Parties", "party’s"])),
        *(("en", *pair) for pair in product(["process"], ["processes", "process’s"])),
        *(("en", *pair) for pair in product(["criterion"], ["criteria"])),
        *(("en", *pair) for pair in product(["buy-in"], ["buy-in", "buy-ins"])),
    ],
)
def test_a_noun_is_known_in_every_number_and_form(language, word, written):
    assert linked(f"<p>({written})</p>", language, word) == f'<p>(<a class="term" href="/0">{written}</a>)</p>'


@pytest.mark.parametrize(
    ("language", "word", "written"),
    [
        ("sv", "strategiskt partnerskap", "strategiska\u00a0partnerskap"),
        ("sv", "strategiskt partnerskap", "Strategiska partnerskapets"),
        ("sv", "ömsesidig nytta", "ömsesidiga nyttan"),
        ("sv", "allmän handling", "allmänna handlingar"),
        ("sv", "hållbar omställning", "hållbara omställningens"),
        ("sv", "livslångt lärande", "livslånga lärandet"),
        ("sv", "arbetsplatsförlagt lärande", "arbetsplatsförlagda lärandet"),
        ("sv", "gemensam målbild", "gemensamma målbilder"),
        ("sv", "öppet forum", "öppna forumet"),
        ("sv", "samordnad insats", "samordnade insatserna"),
        ("sv", "rätt till insyn", "rätten till insyn"),
        ("en", "strategic partnership", "Strategic partnership’s"),
        ("en", "higher education institution", "higher education\ninstitutions"),
        ("en", "division of roles", "divisions of roles"),
    ],
)
def test_a_term_of_several_words_is_known_when_all_of_them_are_inflected(language, word, written):
    assert linked(f"<p>({written})</p>", language, word) == f'<p>(<a class="term" href="/0">{written}</a>)</p>'


@pytest.mark.parametrize(
    ("language", "word", "written"),
    [
        ("sv", "samtal", "De samtalar om det."),
        ("sv", "nätverk", "Vi nätverkar gärna."),
        ("sv", "processledare", "Hon processleder i dag."),
        ("sv", "strategiskt partnerskap", "En strategi för partnerskap."),
        ("sv", "strategiskt partnerskap", "Det är strategiskt. Partnerskap dröjer."),
        ("sv", "rätt till insyn", "Rätten till insynen."),
        ("sv", "partnerskap", "Se partnerskap.example.org och partnerskaps- och projektavtal."),
        ("en", "facilitation", "The facilitators facilitate it."),
        ("en", "partnership", "A partner of ours."),
    ],
)
def test_another_word_of_the_same_stem_is_left_alone(language, word, written):
    assert linked(f"<p>{written}</p>", language, word) == f"<p>{written}</p>"


@pytest.mark.parametrize(("language", "written"), [("sv", ["APL:en", "APL"]), ("en", ["APLs", "APL’s"])])
def test_an_abbreviation_is_known_as_it_is_written_with_the_endings_that_are_set_after_it(language, written):
    words = Words([(number, f"ord{number}", name) for number, name in enumerate(("APL", "AP"))], language)
    for form in written:
        found = [use.word for use in words.uses_in(Text("here", Source(f"<p>apl, XAPL, {form}</p>"), "source"))]
        assert found == [form]


def test_a_text_is_read_as_fast_with_a_thousand_terms_as_with_ten():
    text = Text("here", Source("<p>" + "Ett långt ord om allmänna handlingar. " * 2000 + "</p>"), "source")
    took = []
    for count in (10, 1000):
        words = Words([(number, f"allmän handling{number}", "") for number in range(count)], "sv")
        began = time.process_time()
        assert not list(words.uses_in(text))
        took.append(time.process_time() - began)
    assert took[1] < 3 * took[0] + 0.05


# A page and its terms


@pytest.mark.parametrize(("language", "word", "address"), [("sv", "åäöord", f"{SV}aaoord/"), ("en", "oddword", f"{EN}oddword/")])
def test_the_first_use_on_a_published_page_leads_to_the_term_in_the_language_of_the_page(client, db, language, word, address):
    term("åäöord", "oddword")
    page = written(paragraph(f"Ett {word} till."), paragraph(f"Ännu ett {word}."), language=language)
    assert links(client, page) == [(address, word)]
    other = written(paragraph("Ett åäöord."), title="Andra", language="en")
    assert links(client, other) == []


def test_a_heading_a_quotation_and_a_definition_are_not_searched(client, db):
    term("provord", "probe")
    page = written(
        ("heading", {"text": "Ett provord", "level": "h2"}),
        ("quote", {"quote": "Ett provord", "name": "Vera Vik"}),
        ("definition", {"term": "annat", "definition": "<p>Ett provord.</p>"}),
        ("accordion", {"items": [{"heading": "Provord?", "text": "<p>Till sist ett provord.</p>"}]}),
    )
    assert links(client, page) == [(f"{SV}provord/", "provord")]
    assert "Till sist ett <a " in get(client, page.url)


def test_a_definition_that_shows_the_term_is_its_first_use_and_leads_to_it(client, db):
    entry = term("provord", "probe")
    page = written(("definition", {"glossary_term": entry}), paragraph("Ett provord."))
    html = get(client, page.url)
    assert "Vad provord är." in html
    assert f'<a href="{SV}provord/">' in html
    assert links(client, page) == []
    assert page.title in get(client, entry.get_url())


def test_a_definition_needs_a_term_of_the_glossary_or_words_of_its_own(page):
    block = page("home")._meta.get_field("body").stream_block.child_blocks["definition"]
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python({"term": "Bara ordet"}))
    assert set(caught.value.block_errors) == {"definition"}
    assert block.clean(block.to_python({"glossary_term": GlossaryTerm.objects.first().pk}))


def test_each_chapter_of_a_guide_links_its_own_first_use_and_the_whole_guide_only_one(client, page):
    guide = page("strategic-partnerships")
    whole = [word for _, word in LINK.findall(get(client, f"{guide.url}?view=all"))]
    addresses = [href for href, _ in LINK.findall(get(client, f"{guide.url}?view=all"))]
    assert len(addresses) == len(set(addresses)), whole
    chapters = [guide.url + below for below in guide.parts_below().values()]
    with_partnership = [url for url in chapters if f'"{SV}partnerskap/"' in get(client, url)]
    assert len(with_partnership) > 1


def test_what_the_database_holds_has_no_links_and_neither_has_the_api(client, db):
    term("provord", "probe")
    page = written(paragraph("Ett provord."))
    assert "class" not in str(scratch.reread(page).body.get_prep_value())
    assert "term" not in client.get(f"/api/v2/pages/{page.pk}/").json()["body"][0]["value"]


def test_a_preview_shows_the_links_of_the_draft(signed_in, db):
    term("provord", "probe")
    page = written(paragraph("Ingenting."))
    page.body = [paragraph("Nu ett provord.")]
    page.save_revision()
    preview = page.latest_revision.as_object().make_preview_request()
    assert LINK.findall(preview.content.decode()) == [(f"{SV}provord/", "provord")]


# The glossary changes


def test_a_new_term_reaches_the_pages_through_the_worker(client, db):
    page = written(paragraph("Ett nyord som ingen känner."))
    assert links(client, page) == []
    term("nyord", "neologism")
    while read_next():
        pass
    assert links(client, page) == [(f"{SV}nyord/", "nyord")]


def test_a_removed_term_leaves_no_link_from_that_moment(client, db):
    entry = term("provord", "probe")
    page = written(paragraph("Ett provord."))
    assert links(client, page)
    entry.delete()
    assert links(client, page) == []
    assert client.get(f"{SV}provord/").status_code == 404


def test_a_renamed_term_keeps_its_address_and_lets_go_of_the_old_word(client, db):
    entry = term("provord", "probe")
    page = written(paragraph("Ett provord och ett nyord."))
    entry.term_sv = "nyord"
    entry.save()
    while read_next():
        pass
    assert links(client, page) == [(f"{SV}provord/", "nyord")]


def test_when_all_pages_are_read_there_is_nothing_to_do(db, django_assert_num_queries):
    while read_next():
        pass
    with django_assert_num_queries(2):
        assert read_next() is False


def test_a_text_that_changed_without_being_published_gets_no_link_in_the_wrong_place(client, db):
    term("provord", "probe")
    page = written(paragraph("Ett provord."))
    page.body[0].value.source = "<p>Helt annan text, och ett provord längre fram.</p>"
    page.save()
    assert links(client, page) == []


def test_without_an_open_glossary_no_word_is_linked_and_no_term_is_found(client, indexing, page):
    found = written(paragraph("Ett samskapande."))
    assert links(client, found)
    PageViewRestriction.objects.create(page=page("glossary"), restriction_type="login")
    assert links(client, found) == []
    assert not GlossaryTerm.objects.public().exists()
    assert client.get("/sok/?q=samskapande&kind=term").context["results"].answer.facets["kind"].get("term", 0) == 0
    assert client.get(f"{SV}samskapande/").status_code == 302


# What it costs


def test_a_page_with_thirty_terms_costs_what_one_with_three_costs(cost, db):
    for number in range(30):
        term(f"provord{chr(97 + number % 26)}{number}x", f"probe{number}")
    words = list(GlossaryTerm.objects.filter(term_sv__startswith="provord").values_list("term_sv", flat=True))
    few, many = written(paragraph(", ".join(words[:3])), title="Få"), written(*map(paragraph, words), title="Många")
    assert cost(few.url) == cost(many.url)
