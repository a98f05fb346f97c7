"""A visitor's way through the portal, in each language, as a person goes it: by what is written on the links and buttons."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

FRONT = {"sv": "/", "en": "/en/"}
KNOWLEDGE = {"sv": "Kunskap och metoder", "en": "Knowledge and methods"}
METHODS = {"sv": "/kunskap/metoder/", "en": "/en/knowledge/methods/"}
METHOD_CARDS = {"sv": "Metodkort", "en": "Method cards"}
GUIDE = {"sv": "/kunskap/guider/strategiska-partnerskap/", "en": "/en/knowledge/guides/strategic-partnerships/"}
NEWS = {"sv": "/nyheter/", "en": "/en/news/"}
CONTACT = {"sv": "/hitta-kontakt/", "en": "/en/find-contact/"}
CHOSEN = "?phase=understand&phase=create&difficulty=easy"


def address(visitor: Page) -> str:
    """Where the visitor is, without the name of the site."""
    return re.sub(r"^https?://[^/]+", "", visitor.url)


def heading(visitor: Page) -> str:
    return visitor.get_by_role("heading", level=1).inner_text()


def titles(visitor: Page) -> list[str]:
    return visitor.locator("main li h3 a").all_inner_texts()


def tab_to(visitor: Page, name: str) -> None:
    """With the Tab key alone, to what has the name."""
    for _ in range(20):
        visitor.keyboard.press("Tab")
        if visitor.evaluate("document.activeElement.innerText").strip() == name:
            return
    raise AssertionError(f"The Tab key does not reach {name}")


# To the method cards


def test_the_menu_leads_from_the_front_page_to_the_method_cards(visitor, language, words):
    visitor.goto(FRONT[language])
    visitor.get_by_role("navigation", name=words("Main menu")).get_by_role("link", name=KNOWLEDGE[language]).click()
    visitor.get_by_role("main").get_by_role("link", name=METHOD_CARDS[language], exact=True).first.click()
    assert address(visitor) == METHODS[language]
    assert heading(visitor) == METHOD_CARDS[language]
    assert len(titles(visitor)) == 12


def test_on_a_phone_the_menu_needs_no_more_than_a_keyboard(visitor, language, words):
    visitor.set_viewport_size({"width": 390, "height": 844})
    visitor.goto(FRONT[language])
    link = visitor.get_by_role("navigation", name=words("Main menu")).get_by_role("link", name=KNOWLEDGE[language])
    expect(link).to_be_hidden()
    visitor.keyboard.press("Tab")
    expect(visitor.get_by_role("link", name=words("Skip to content"))).to_be_focused()
    tab_to(visitor, words("Menu"))
    visitor.keyboard.press("Enter")
    expect(link).to_be_visible()
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(visitor.locator("summary", has_text=words("Menu"))).to_be_focused()
    visitor.keyboard.press("Enter")
    tab_to(visitor, KNOWLEDGE[language])
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text(KNOWLEDGE[language])


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext]) -> Page:
    """A window without scripts."""
    return new_context(java_script_enabled=False).new_page()


def test_without_scripts_two_facets_are_chosen_and_one_is_let_go(plain, language, words):
    plain.goto(METHODS[language])
    easy, create = {"sv": ("Lätt", "Skapa"), "en": ("Easy", "Create")}[language]
    plain.get_by_role("checkbox", name=re.compile(create)).check()
    plain.get_by_role("checkbox", name=re.compile(easy)).check()
    plain.get_by_role("button", name=words("Show results")).click()
    assert "phase=create" in plain.url
    assert "difficulty=easy" in plain.url
    both = titles(plain)
    assert 0 < len(both) < 12
    plain.get_by_role("link", name=f"{words('Remove')} {create}").click()
    assert "phase=create" not in plain.url
    assert set(titles(plain)) > set(both)


def test_the_address_alone_gives_the_same_choice_again(plain, visitor, language):
    plain.goto(METHODS[language] + CHOSEN)
    visitor.goto(METHODS[language] + CHOSEN)
    assert titles(plain) == titles(visitor) != []
    assert visitor.get_by_role("checkbox", checked=True).count() == 3


def test_on_a_phone_the_facets_fold_away_and_out(visitor, language, words):
    visitor.set_viewport_size({"width": 390, "height": 844})
    visitor.goto(METHODS[language])
    facet = visitor.locator("#facets input[name=phase]").first
    expect(facet).to_be_hidden()
    visitor.locator("#facets summary").click()
    expect(facet).to_be_visible()


def test_a_method_card_says_how_long_for_how_many_and_step_by_step(visitor, language, words):
    visitor.goto(METHODS[language])
    title = {"sv": "En fråga, en timme", "en": "One question, one hour"}[language]
    visitor.get_by_role("link", name=title).click()
    assert heading(visitor) == title
    facts = visitor.locator(".big-facts")
    expect(facts).to_contain_text(words("Participants"))
    expect(facts).to_contain_text("60")
    assert visitor.get_by_role("heading", name=words("Step by step")).count() == 1
    assert visitor.locator("ol.steps > li").count() == 7


# Reading a guide


def test_a_guide_is_read_chapter_by_chapter_there_and_back(visitor, language, words):
    visitor.goto(GUIDE[language])
    visitor.get_by_role("link", name=words("Begin with the first chapter")).click()
    read = [heading(visitor)]
    while visitor.locator("a[rel=next]").count():
        visitor.locator("a[rel=next]").click()
        read.append(heading(visitor))
    assert len(set(read)) == 8
    expect(visitor.get_by_role("navigation", name=words("Chapters of the guide")).locator("[aria-current=page]")).to_contain_text(
        read[-1]
    )
    visitor.locator("a[rel=prev]").click()
    assert heading(visitor) == read[-2]


def test_the_whole_guide_is_one_page_that_prints_without_its_frame(visitor, language, words):
    visitor.add_init_script("window.print = () => { document.title = 'printed' }")
    visitor.goto(GUIDE[language])
    visitor.get_by_role("link", name=words("Show the whole guide on one page")).click()
    chapters = visitor.locator("article > h2[id]")
    assert chapters.count() >= 8
    visitor.get_by_role("button", name=words("Print the guide")).click()
    assert visitor.title() == "printed"
    visitor.emulate_media(media="print")
    expect(chapters.first).to_be_visible()
    expect(visitor.get_by_role("navigation", name=words("Main menu"))).to_be_hidden()
    expect(visitor.get_by_role("button", name=words("Print the guide"))).to_be_hidden()
    assert visitor.pdf().startswith(b"%PDF")


# News, people, search


def test_the_archive_leads_to_a_month_and_to_what_happened_in_it(visitor, language, words):
    visitor.goto(NEWS[language])
    archive = visitor.get_by_role("navigation", name=words("Archive"))
    archive.get_by_role("link", name="2024", exact=True).click()
    archive.get_by_role("link", name="april 2024" if language == "sv" else "April 2024").click()
    assert address(visitor) == f"{NEWS[language]}2024/04/"
    assert len(titles(visitor)) == 1
    visitor.locator("main li h3 a").click()
    assert address(visitor).startswith(f"{NEWS[language]}2024/04/29/")
    expect(visitor.locator("main time").first).to_have_text("29 april 2024" if language == "sv" else "29 April 2024")


def test_a_letter_leads_to_an_organisation_and_on_to_a_person(visitor, language, words):
    visitor.goto(CONTACT[language])
    name, letter = {"sv": ("Högskolan Väst", "H"), "en": ("University West", "U")}[language]
    visitor.get_by_role("main").get_by_role("link", name=words("Organisations"), exact=True).click()
    visitor.get_by_role("navigation", name=words("Letters")).get_by_role("link", name=letter, exact=True).click()
    assert visitor.url.endswith(f"#letter-{letter}")
    expect(visitor.get_by_role("heading", name=letter, exact=True)).to_be_in_viewport()
    visitor.locator(f"#letter-{letter}").get_by_role("link", name=name).click()
    assert heading(visitor) == name
    person = visitor.locator("a[href*='/personer/'], a[href*='/people/']").first
    who = person.inner_text()
    person.click()
    assert heading(visitor) == who
    expect(visitor.get_by_text(words("Example person")).first).to_be_visible()
    visitor.get_by_role("main").get_by_role("link", name=name).first.click()
    assert heading(visitor) == name


def test_the_search_in_the_header_finds_and_leads_there(visitor, language, words):
    visitor.goto(FRONT[language])
    word, found = {"sv": ("intressentkarta", "Intressentkarta"), "en": ("stakeholder", "Stakeholder map")}[language]
    visitor.get_by_label(words("Search the portal")).fill(word)
    visitor.keyboard.press("Enter")
    visitor.get_by_role("main").get_by_role("link", name=found, exact=True).click()
    assert heading(visitor) == found


def test_suggestions_come_while_one_types_and_the_keyboard_closes_opens_and_chooses(visitor, language, words):
    visitor.goto(FRONT[language])
    field = visitor.get_by_label(words("Search the portal"))
    field.press_sequentially({"sv": "intressentk", "en": "map stak"}[language])
    option = visitor.get_by_role("option").first
    expect(option).to_contain_text({"sv": "Intressentkarta", "en": "Stakeholder map"}[language])
    expect(visitor.get_by_role("combobox", expanded=True)).to_have_count(1)
    expect(visitor.get_by_role("status").filter(has_text=words("1 suggestion"))).to_have_count(1)
    visitor.keyboard.press("Escape")
    expect(option).to_be_hidden()
    visitor.keyboard.press("ArrowDown")
    expect(option).to_be_visible()
    visitor.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    expect(option).to_have_attribute("aria-selected", "true")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text({"sv": "Intressentkarta", "en": "Stakeholder map"}[language])


def test_who_chooses_no_suggestion_searches_for_what_was_typed(visitor, language, words):
    visitor.goto(FRONT[language])
    visitor.get_by_label(words("Search the portal")).press_sequentially("part")
    expect(visitor.get_by_role("option").first).to_be_visible()
    visitor.keyboard.press("ArrowDown")
    visitor.keyboard.press("ArrowUp")
    visitor.keyboard.press("Enter")
    expect(visitor).to_have_url(re.compile(r"[?]q=part$"))


# The other language

PAIRS = [
    ("/nyheter/2024/04/", "/en/news/2024/04/"),
    (METHODS["sv"] + CHOSEN, METHODS["en"] + CHOSEN),
    (f"{GUIDE['sv']}?view=all", f"{GUIDE['en']}?view=all"),
    (f"{GUIDE['sv']}sa-etablerar-ni-partnerskapet/", f"{GUIDE['en']}how-to-establish-the-partnership/"),
    ("/hitta-kontakt/organisationer/hogskolan-vast/", "/en/find-contact/organisations/university-west/"),
    ("/sok/?q=samverkan", "/en/search/?q=samverkan"),
]


@pytest.mark.parametrize(("swedish", "english"), PAIRS)
def test_the_language_link_leads_to_the_same_thing_and_back(visitor, swedish, english):
    visitor.goto(swedish)
    visitor.get_by_role("link", name="English").click()
    assert address(visitor) == english
    assert visitor.locator("html").get_attribute("lang") == "en"
    visitor.get_by_role("link", name="Svenska").click()
    assert address(visitor) == swedish
    assert visitor.locator("html").get_attribute("lang") == "sv"


def test_the_language_link_of_a_person_leads_to_the_same_person_and_back(visitor):
    visitor.goto(f"{CONTACT['sv']}personer/")
    visitor.locator("main li h3 a").first.click()
    swedish, name = address(visitor), heading(visitor)
    visitor.get_by_role("link", name="English").click()
    assert address(visitor) == swedish.replace("/hitta-kontakt/personer/", "/en/find-contact/people/") != swedish
    assert heading(visitor) == name
    visitor.get_by_role("link", name="Svenska").click()
    assert address(visitor) == swedish


ALONE = {"sv": ("/bara-pa-svenska/", "English", "Bara på svenska"), "en": ("/en/only-in-english/", "Svenska", "Only in English")}


def test_what_is_not_translated_says_so_and_leads_back_to_the_original(visitor, language):
    there, other, title = ALONE[language]
    visitor.goto(there)
    with visitor.expect_navigation() as navigation:
        visitor.get_by_role("link", name=other).click()
    assert navigation.value.status == 404
    assert visitor.locator("html").get_attribute("lang") != language
    assert title in visitor.get_by_role("main").inner_text()
    visitor.locator(f"main a[hreflang={language}]").first.click()
    assert address(visitor) == there


def test_an_address_that_never_was_leads_on(visitor, language, words):
    response = visitor.goto(f"{FRONT[language]}finns-inte-alls/")
    assert response.status == 404
    form = visitor.get_by_role("main").get_by_role("search")
    form.get_by_role("searchbox").fill("guide")  # a combobox as soon as one is there
    form.get_by_role("button").click()
    expect(visitor).to_have_url(re.compile(r"[?]q=guide$"))
    assert len(titles(visitor)) > 1
