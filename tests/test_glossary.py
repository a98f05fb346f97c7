"""The glossary: terms in both languages, what sources say that they mean, and who may see it."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.users import groups
from directory.models import Organisation
from knowledge.models import Definition, GlossaryPage, GlossaryTerm, PageTerms, ProjectPage
from tests.forms import filled_in
from tests.test_guides import get
from tests.test_term_links import EN, SV, paragraph, term, written

# The pages of the glossary


def test_the_letters_are_those_of_each_language(client, db):
    swedish, english = get(client, SV), get(client, EN)
    heads = re.findall(r'id="letter-(.)"', swedish)
    assert heads[-3:] == ["Å", "Ä", "Ö"]
    assert re.findall(r'id="letter-(.)"', english) == sorted(re.findall(r'id="letter-(.)"', english))
    assert "#letter-Ö" in swedish
    assert "Å" not in english[english.index('class="az') : english.index("</nav>", english.index('class="az'))]


def test_a_term_shows_the_other_language_its_sources_and_what_to_avoid(client, db):
    html = get(client, f"{EN}strategic-partnership/")
    assert '<dd lang="sv">strategiskt partnerskap</dd>' in html
    assert re.findall(r'<blockquote lang="(..)">', html) == ["en", "sv", "sv"]
    assert re.findall(r'<blockquote lang="(..)">', get(client, f"{SV}strategiskt-partnerskap/")) == ["sv", "sv", "en"]
    assert "strategic alliance" in html
    assert "strategiskt samarbete" not in html
    assert "Ett vanligt samarbete" not in html, "the note is for translators"


def test_an_organisation_that_is_not_public_is_no_source_to_click(client, db):
    hidden = Organisation.objects.get(code="linnaeus-university")
    assert hidden.name_sv in get(client, f"{SV}strategiskt-partnerskap/")
    hidden.live = False
    hidden.save()
    assert hidden.name_sv not in get(client, f"{SV}strategiskt-partnerskap/")


def test_a_term_has_its_address_in_each_language_and_the_word_of_the_other_leads_there(client, db):
    html = get(client, f"{SV}samskapande/")
    assert (
        f'hreflang="en" href="http://localhost:8000{EN}co-creation/"' in html or f"{EN}co-creation/" in html.partition("</head>")[0]
    )
    wrong = client.get(f"{SV}co-creation/")
    assert (wrong.status_code, wrong.headers["Location"]) == (301, f"{SV}samskapande/")
    assert client.get(f"{SV}finns-inte/").status_code == 404


def test_a_term_names_the_projects_that_are_about_it(client, page):
    named, other = GlossaryTerm.objects.get(slug_en="buy-in"), page("knowledge-close-by")
    assert other.url not in get(client, f"{SV}{named.slug_sv}/")
    ProjectPage.objects.filter(pk=other.pk).update(term=named)
    assert other.url in get(client, f"{SV}{named.slug_sv}/")
    assert page("knowledge-close-by", "en").url not in get(client, f"{EN}{named.slug_en}/")


def test_only_what_everybody_may_see_is_named_where_the_word_is_used(client, db):
    entry = term("provord", "probe")
    open_page, closed = written(paragraph("Ett provord."), title="Öppen"), written(paragraph("Ett provord."), title="Hemlig")
    draft, english = written(paragraph("Provord."), title="Utkast"), written(paragraph("A probe."), title="Engelsk", language="en")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    draft.unpublish()
    html = get(client, entry.get_url())
    assert "Öppen" in html
    assert not [title for title in ("Hemlig", "Utkast", "Engelsk") if title in html]
    assert "Engelsk" in get(client, f"{EN}probe/")
    assert PageTerms.objects.filter(terms=entry).count() == 4
    assert open_page.url in html
    assert english.url not in html


def test_a_list_of_terms_can_be_narrowed_to_a_topic(client, db):
    html = get(client, f"{SV}?topic=facilitation")
    assert "processledning" in html
    assert "ömsesidig nytta" not in html


@pytest.mark.parametrize(
    ("address", "heading"),
    [("/hitta-kontakt/organisationer/", "Förklarar i ordlistan"), ("/en/find-contact/organisations/", "Explains in the glossary")],
)
def test_an_organisation_shows_the_terms_it_explains(client, db, address, heading):
    source, other = Organisation.objects.filter(code__in=["vinnova", "vattenfall"]).order_by("code")
    Definition.objects.create(
        term=GlossaryTerm.objects.get(slug_en="co-creation"), text="Så.", source_text="Källa", organisation=source
    )
    GlossaryTerm.objects.get(slug_en="co-creation").save()
    slug = "en" if address.startswith("/en/") else "sv"
    shown = get(client, f"{address}{getattr(source, f'slug_{slug}')}/").partition(heading)[2].partition("</ul>")[0]
    assert (f'href="{EN}co-creation/"' if slug == "en" else f'href="{SV}samskapande/"') in shown
    assert heading not in get(client, f"{address}{getattr(other, f'slug_{slug}')}/")


# What it costs


def test_the_glossary_and_a_term_cost_the_same_however_many_terms_and_sources_there_are(cost, db):
    before = cost(SV), cost(f"{SV}samskapande/")
    entry = GlossaryTerm.objects.get(slug_en="co-creation")
    for number in range(30):
        term(f"provord{number}", f"probe{number}")
        written(paragraph("Samskapande."), title=f"Sida {number}")
        Definition.objects.create(
            term=entry, text=f"Mening {number}", source_text="Källa", organisation=Organisation.objects.all()[number % 10]
        )
    assert (cost(SV), cost(f"{SV}samskapande/")) == before
    assert max(before) <= 12


# Search, sitemap, API, admin


def test_search_finds_a_term_by_its_word_its_meaning_and_its_sources(client, indexing):
    entry = term("provord", "probe", short_definition_sv="Kärnan i saken.")
    entry.definitions.add(Definition(text="Enligt kloka mossor.", source_text="Källa"))
    entry.save()
    for query in ("provord", "kärnan", "mossor"):
        html = get(client, f"/sok/?q={query}")
        assert f"{SV}provord/" in html, query
    assert f"{EN}probe/" in get(client, "/en/search/?q=probe")


def test_the_sitemap_has_each_term_in_both_languages(client, db):
    root = ET.fromstring(client.get("/sitemap-term-1.xml").content)  # noqa: S314 our own answer
    found = {node.text for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert {f"{settings.BASE_URL}{SV}samskapande/", f"{settings.BASE_URL}{EN}co-creation/"} <= found
    assert len(found) == 2 * GlossaryTerm.objects.count()


def test_the_api_gives_the_terms_with_their_glossary_and_the_key_of_a_term_in_a_block(client, db):
    glossary = client.get("/api/v2/pages/", {"type": "knowledge.GlossaryPage", "fields": "terms", "locale": "en"}).json()["items"][
        0
    ]
    terms = {entry["term_en"]: entry for entry in glossary["terms"]}
    assert terms["co-creation"]["term_sv"] == "samskapande"
    assert len(terms) == GlossaryTerm.objects.count()
    entry = term("provord", "probe")
    page = written(("definition", {"glossary_term": entry}))
    assert client.get(f"/api/v2/pages/{page.pk}/").json()["body"][0]["value"]["glossary_term"] == entry.pk


@pytest.mark.parametrize(("group", "allowed"), [(groups.EDITOR, True), (groups.REVIEWER, True), (groups.TRANSLATOR, False)])
def test_editors_and_those_above_them_write_terms(client, db, group, allowed):
    user = get_user_model().objects.create_user("skribent", "s@example.org", "x")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))
    if not allowed:
        assert client.get(address).status_code in (302, 403)
        return
    words = {"term_sv": "årsring", "term_en": "growth ring", "short_definition_sv": "Ett varv.", "short_definition_en": "A turn."}
    client.post(address, filled_in(client, address, **words))
    made = GlossaryTerm.objects.get(term_en="growth ring")
    assert (made.slug_sv, made.slug_en) == ("arsring", "growth-ring")


def test_a_glossary_holds_no_pages(db):
    assert GlossaryPage.allowed_subpage_models() == []
