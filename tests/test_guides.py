"""Guides as a reader meets them: chapter by chapter or whole, at addresses that last."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments

from cms.models import PortalImage
from directory.models import Organisation, Person
from knowledge.chapters import addresses, reading_minutes
from knowledge.models import GuidePage
from tests import scratch


def chapter(title: str, text: str = "Ett ord.", **more) -> tuple:
    return ("chapter", {"title": title, "summary": "", "content": [("paragraph", f"<p>{text}</p>")], **more})


@pytest.fixture
def guide(page):
    return scratch.write(
        "Öva på skånska",
        page("guides"),
        GuidePage,
        lead="Om dialekter.",
        licence_id=1,
        chapters=[chapter("Först å, ä och ö"), chapter("Sedan")],
    )


def write_chapter(guide: GuidePage, number: int, blocks: list[tuple]) -> GuidePage:
    value = guide.chapters[number].value
    value["content"] = value.block.child_blocks["content"].normalize(blocks)
    return saved(guide)


def saved(guide: GuidePage) -> GuidePage:
    """What an editor does: the newest version, changed, is published."""
    guide.save_revision().publish()
    return scratch.reread(guide)


def headings(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])\b", html[html.index("<main") : html.index("</main>")])]


def get(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def cost_beside(client, cost, url: str, other: str) -> int:
    """What a page costs a visitor when another of its kind has been read, and with it the vocabulary that all share."""
    client.get(url)  # pictures are made at the first view
    cost(other)
    with CaptureQueriesContext(connection) as queries:
        get(client, url)
    return len(queries)


def test_a_guide_names_what_it_replaces_and_is_not_said_to_be_used_there(client, page):
    new, old = page("asking-academia"), page("writing-for-everyone")
    old.status, old.replaced_by = "superseded", new
    saved(old)
    html = get(client, new.url)
    assert f'<dt>Ersätter</dt><dd><a href="{old.url}">' in html
    assert f"Används i guiden: {old.title}" not in html
    assert f'href="{new.url}"' in get(client, old.url)
    old.unpublish()
    assert old.url not in get(client, new.url)
    assert "<dt>Replaces</dt>" not in get(client, page("asking-academia", "en").url)


@pytest.mark.parametrize(("shown", "said"), [("name", "Vera Vik"), ("initials", ", VV<"), ("role", ""), ("none", "")])
def test_who_reviewed_a_page_is_shown_as_the_page_says(client, page, django_user_model, shown, said):
    reviewer = django_user_model.objects.create(username="vera", first_name="Vera", last_name="Vik")
    guide = page("asking-academia")
    GuidePage.objects.filter(pk=guide.pk).update(public_reviewer=shown, reviewed_by=reviewer)
    facts = get(client, guide.url).partition('<dl class="review">')[2].partition("</dl>")[0]
    assert "Granskad" in facts
    assert said in facts
    assert ("Vera" in facts) == (shown == "name")


# Addresses


def test_a_chapter_has_an_address_of_plain_letters_under_the_guide(client, guide):
    html = get(client, f"{guide.url}forst-a-a-och-o/")
    assert "<h1>Först å, ä och ö</h1>" in html


def test_a_chapters_address_stays_when_its_title_changes(client, guide):
    guide.chapters[0].value["title"] = "Något annat"
    guide = saved(guide)
    assert "<h1>Något annat</h1>" in get(client, f"{guide.url}forst-a-a-och-o/")
    assert client.get(f"{guide.url}nagot-annat/").status_code == 404


def test_a_chapter_that_is_gone_leads_to_the_guide_and_one_of_the_same_name_takes_its_place(client, guide):
    guide.chapters = [("chapter", guide.chapters[1].value)]
    guide = saved(guide)
    response = client.get(f"{guide.url}forst-a-a-och-o/")
    assert (response.status_code, response["Location"]) == (302, guide.url)
    guide.chapters = [chapter("Först å, ä och ö")]
    guide = saved(guide)
    assert client.get(f"{guide.url}forst-a-a-och-o/").status_code == 200


def test_two_chapters_of_one_name_have_two_addresses():
    assert addresses({"a": "Varför?", "b": "Varför?", "c": "???"}, {}) == {"a": "varfor", "b": "varfor-2", "c": "3"}


def test_a_new_chapter_never_takes_the_address_of_an_older_one():
    assert addresses({"new": "Varför", "old": "Hur"}, {"old": "varfor"}) == {"old": "varfor", "new": "varfor-2"}


def test_a_draft_may_change_a_chapters_title_without_moving_what_is_published(client, guide):
    guide.chapters.append(chapter("Utkast"))
    guide.save_revision()
    assert client.get(f"{guide.url}utkast/").status_code == 404
    draft = guide.get_latest_revision_as_object()
    draft.chapters[2].value["title"] = "Färdigt"
    guide = saved(draft)
    assert client.get(f"{guide.url}fardigt/").status_code == 200


def test_an_old_version_published_again_keeps_the_addresses_of_today(client, guide):
    first = guide.save_revision()
    guide.chapters.append(chapter("Tredje"))
    guide = saved(guide)
    guide.revisions.get(pk=first.pk).publish()
    assert client.get(f"{guide.url}tredje/").status_code == 302
    assert client.get(f"{guide.url}sedan/").status_code == 200


@pytest.mark.parametrize("address", ["finns-inte/", "sedan/mer/", "SEDAN/", "1/", "%00/", "-/"])
def test_an_address_that_no_chapter_has_is_not_found(client, guide, address):
    assert client.get(guide.url + address).status_code in (400, 404)


def test_a_guide_that_is_not_published_shows_no_chapter(client, guide):
    guide.unpublish()
    assert client.get(f"{guide.url}sedan/").status_code == 404


# The two languages


def test_a_chapter_is_the_same_chapter_in_the_other_language(client, page):
    swedish, english = page("strategic-partnerships"), page("strategic-partnerships", "en")
    html = get(client, f"{swedish.url}varfor-ska-vi-valja-ett-partnerskap/")
    there = f"{english.url}why-choose-a-partnership/"
    assert f'hreflang="en" href="http://localhost:8000{there}"' in html
    assert "<h1" in get(client, there)


def test_a_chapter_without_a_translation_has_no_address_in_the_other_language(client, guide, page):
    english = scratch.write("Practise", page("guides", "en"), GuidePage, of=guide, lead="On dialects.", licence_id=1, chapters=[])
    GuidePage.objects.filter(pk=english.pk).update(chapters=[])
    html = get(client, f"{guide.url}sedan/")
    assert 'rel="alternate" hreflang' not in html
    assert 'rel="alternate" hreflang' in get(client, guide.url)


def test_a_translation_makes_addresses_of_its_own_and_keeps_the_chapters(client, guide, django_capture_on_commit_callbacks):
    english = Locale.objects.get(language_code="en")
    source, _ = TranslationSource.update_or_create_from_instance(guide)
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in source.stringsegment_set.select_related("string"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            data=segment.string.data.replace("Sedan", "Then"),
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    translated = GuidePage.objects.get(translation_key=guide.translation_key, locale=english)
    assert translated.chapter_addresses.keys() == guide.chapter_addresses.keys()
    assert "then" in translated.chapter_addresses.values()
    assert "sedan" not in translated.chapter_addresses.values()
    assert extract_segments(translated)


# One page, whole


def test_the_whole_guide_is_one_page_whose_canonical_address_is_the_guide(client, page):
    guide = page("strategic-partnerships")
    html = get(client, f"{guide.url}?view=all")
    assert f'<link rel="canonical" href="http://localhost:8000{guide.url}">' in html
    assert all(f'<h2 id="{address}">' in html for address in guide.chapter_addresses.values())


@pytest.mark.parametrize("query", ["", "?view=xyz", "?view=", "?view=all&view=xyz", "?page=-1", "?view=" + "x" * 10_000])
def test_anything_else_shows_the_contents(client, page, query):
    guide = page("strategic-partnerships")
    html = get(client, guide.url + query)
    assert all(f'href="{guide.url}{address}/"' in html for address in guide.chapter_addresses.values())


@pytest.mark.parametrize("part", ["", "?view=all", "vad-kannetecknar-ett-strategiskt-partnerskap/"])
def test_headings_begin_with_one_h1_and_leave_out_no_level(client, page, part):
    levels = headings(get(client, page("strategic-partnerships").url + part))
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_name_on_the_whole_guides_page_is_there_once(client, page):
    names = re.findall(r'\bid="([^"]+)"', get(client, page("strategic-partnerships").url + "?view=all"))
    assert sorted(names) == sorted(set(names))


def test_the_first_chapter_has_no_previous_and_the_last_no_next(client, guide):
    first, last = (get(client, f"{guide.url}{address}/") for address in ("forst-a-a-och-o", "sedan"))
    assert ('rel="prev"' in first, 'rel="next"' in first) == (False, True)
    assert ('rel="prev"' in last, 'rel="next"' in last) == (True, False)


def test_a_preview_shows_the_whole_draft(rf, guide):
    guide.chapters.append(chapter("Bara i utkastet"))
    guide.live = False
    html = guide.make_preview_request(preview_mode="whole").render().content.decode()
    assert "Bara i utkastet" in html


# What the reader is told


def test_two_hundred_words_are_read_in_a_minute(guide):
    assert reading_minutes("ord " * 200) == 1
    assert reading_minutes("ord " * 201) == 2
    guide = write_chapter(guide, 0, [("paragraph", f"<p>{'ord ' * 1000}</p>")])
    assert guide.reading_minutes == 6
    assert [guide.chapter_minutes[chapter.id] for chapter in guide.chapters] == [6, 1]


def test_a_list_says_how_long_a_guide_is(client, page):
    html = get(client, page("guides", "en").url)
    assert f"{page('strategic-partnerships', 'en').reading_minutes}\xa0minutes’ reading, 8 chapters" in html


def test_a_guide_that_has_been_replaced_leads_to_its_successor_in_the_readers_language(client, page):
    english = page("strategic-partnerships", "en")
    GuidePage.objects.filter(pk=english.pk).update(status="superseded", replaced_by=page("asking-academia").pk)
    assert f'<a href="{page("asking-academia", "en").url}">' in get(client, english.url)


def test_a_successor_that_is_not_public_is_not_named(client, page):
    guide, successor = page("strategic-partnerships"), page("asking-academia")
    GuidePage.objects.filter(pk=guide.pk).update(status="superseded", replaced_by=successor.pk)
    guide.related_links.all().delete()
    successor.unpublish()
    html = get(client, guide.url)
    assert "Den här guiden har ersatts" in html
    assert successor.url not in html


def test_a_relation_is_shown_on_both_ends_in_both_languages(client, page):
    for language in ("sv", "en"):
        guide, method = page("strategic-partnerships", language), page("partnership-health-check", language)
        assert f'href="{method.url}"' in get(client, guide.url)
        assert f'href="{guide.url}"' in get(client, method.url)


def test_who_wrote_a_guide_is_said_on_both_ends_and_in_the_api(client, page, rf):
    person, organisation = Person.objects.get(family_name="von Alm"), Organisation.objects.get(code="arena")
    for language in ("sv", "en"):
        guide, request = page("strategic-partnerships", language), rf.get("/" if language == "sv" else "/en/")
        with translation.override(language):
            for author in (person, organisation):
                assert f'href="{author.get_url(request)}"' in get(client, guide.url)
                assert f'href="{guide.url}"' in get(client, author.get_url(request))
        first, second = authors(client, guide)
        assert (first["role"], first["organisation"]["name_en"], first["person"]) == ("lead", organisation.name_en, None)
        assert (second["role"], second["person"]["family_name"], second["organisation"]) == ("writing", "von Alm", None)


def test_an_author_whom_the_portal_does_not_show_is_named_nowhere(client, page):
    guide = page("writing-for-everyone")
    assert "Ängsjö" in get(client, guide.url)
    Person.objects.filter(family_name="Ängsjö").update(visible_until="2026-10-01")
    assert "Ängsjö" not in get(client, guide.url) + get(client, f"{guide.url}?view=all") + str(authors(client, guide))


def authors(client, guide: GuidePage) -> list[dict]:
    return client.get(f"/api/v2/pages/{guide.pk}/?fields=authors").json()["authors"]


def test_links_in_a_text_lead_to_pages_of_the_texts_language(client, page):
    english = page("strategic-partnerships", "en")
    html = get(client, f"{english.url}?view=all")
    main = html[html.index("<main") : html.index("</main>")]
    assert f'<a href="{page("partnership-health-check", "en").url}">' in main
    assert f'href="{page("partnership-health-check").url}"' not in main


def test_a_link_to_what_the_public_may_not_see_is_no_link(client, guide, page):
    secret = page("check-in-round")
    text = f'<p>Se <a linktype="page" id="{secret.pk}">kortet</a>.</p>'
    guide = write_chapter(guide, 0, [("paragraph", text), ("link_box", {"heading": "Kortet", "page": secret})])
    assert get(client, f"{guide.url}forst-a-a-och-o/").count(secret.url) == 2
    secret.unpublish()
    assert secret.url not in get(client, f"{guide.url}forst-a-a-och-o/")


# Costs


@pytest.mark.parametrize("part", ["", "?view=all", "vad-ar-ett-strategiskt-partnerskap/", "varfor-ska-vi-valja-ett-partnerskap/"])
def test_a_guide_costs_at_most_twelve_queries_however_it_is_read(client, cost, page, part):
    assert cost_beside(client, cost, page("strategic-partnerships").url + part, page("asking-academia").url) <= 12


def test_links_pictures_and_chapters_cost_the_same_however_many(cost, guide, page):
    pages, images = (
        list(GuidePage.objects.filter(locale=guide.locale).exclude(pk=guide.pk)[:4]),
        list(PortalImage.objects.all()[:6]),
    )

    def fill(n: int) -> None:
        link = [("paragraph", f'<p><a linktype="page" id="{pages[number % 4].pk}">dit</a></p>') for number in range(n)]
        box = [("link_box", {"heading": "Dit", "page": pages[number % 4]}) for number in range(n)]
        picture = [("image", {"image": images[number % 6], "size": "normal"}) for number in range(n)]
        write_chapter(guide, 0, [*link, *box, *picture])

    fill(1)
    url = f"{guide.url}forst-a-a-och-o/"
    cost(url)
    few = cost(url)
    fill(12)
    cost(url)
    assert cost(url) == few
