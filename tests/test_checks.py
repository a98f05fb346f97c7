"""What an editor is told before a page is published, and what stops it."""

import datetime
import itertools
import json

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from wagtail import hooks
from wagtail.models import Page

from cms.checks import Finding, Hindered, Severity, findings, hindrances
from cms.models import BasePage, PortalImage
from cms.schedule import publish_and_expire
from home.models import StandardPage
from knowledge.models import EventPage, GuidePage, NewsPage

from .forms import filled_in
from .scratch import reread, write
from .translating import english, press_publish, submit, translate

FAULTS = {
    "practice-news": {"alt-text", "bold-heading", "heading-order", "link-text", "past-date", "missing-description"},
    "practice-project": {"missing-description"},
    "practice-languages": {"missing-description"},
    "practice-review": {"missing-description"},
}


def page_with(*blocks, **fields) -> StandardPage:
    return write("En sida", **{"search_description": "Om sidan.", "body": [*blocks], "slug": f"s-{next(numbers)}", **fields})


numbers = itertools.count()


def checks_of(page: Page) -> list[str]:
    return [finding.check for finding in findings(page)]


def paragraph(html: str) -> tuple[str, str]:
    return "paragraph", html


def heading(text: str, level: str = "h2") -> tuple[str, dict]:
    return "heading", {"text": text, "level": level}


@pytest.fixture
def picture(db) -> PortalImage:
    return PortalImage.objects.get(title="archipelago")


@pytest.fixture
def wordless(picture) -> PortalImage:
    """A picture from a time when nobody asked for words."""
    PortalImage.objects.filter(pk=picture.pk).update(alt_sv="", alt_en="")
    picture.refresh_from_db()
    return picture


# What each check finds, and what it leaves in peace


@pytest.mark.parametrize("page_id", FAULTS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_to_practise_on_have_their_faults_found(page, page_id, language):
    assert set(checks_of(page(page_id, language))) == FAULTS[page_id]


def test_every_other_page_of_the_demo_is_clean(db):
    practice = Page.objects.get(slug="ovningssektion"), Page.objects.get(slug="practice-section")
    others = Page.objects.filter(depth__gt=1)
    for section in practice:
        others = others.not_descendant_of(section)
    found = {str(each): checks_of(each) for each in others.specific() if isinstance(each, BasePage)}
    assert len(found) > 140
    assert {title: checks for title, checks in found.items() if checks} == {}


def test_a_subheading_needs_a_heading_above_it_in_each_chapter(db):
    assert checks_of(page_with(heading("Först", "h3"))) == ["heading-order"]
    assert checks_of(page_with(heading("Först"), heading("Sedan", "h3"), heading("Till sist"))) == []
    guide = GuidePage(title="Guide", lead="Guide.", search_description="Guide.", locale_id=write("Mall").locale_id)
    guide.body = [heading("Före")]
    second = {"type": "heading", "value": {"text": "Först", "level": "h3"}, "id": "here"}
    chapters = [{"title": "Ett", "content": [{**second, "value": {"text": "Först"}}]}, {"title": "Två", "content": [second]}]
    guide.chapters = json.dumps([{"type": "chapter", "value": chapter} for chapter in chapters])
    [finding] = findings(guide)
    assert (finding.check, finding.field, finding.block) == ("heading-order", "chapters", "here")


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p><b>Så anmäler du dig</b></p>", ["bold-heading"]),
        ("<p><b>Anmäl dig i dag.</b></p>", []),
        ("<p><b>Före:</b> så anmäler du dig</p>", []),
    ],
)
def test_a_bold_line_is_no_heading(db, html, found):
    assert checks_of(page_with(paragraph(html))) == found


@pytest.mark.parametrize(
    ("text", "is_fault"),
    [
        ("example.org", True),
        ("https://www.example.org/en/sida", True),
        ("Läs mer", True),
        ("läs mer …", True),
        ("här", True),
        ("Click here", True),
        ("Läs mer om partnerskap", False),
        ("här finns schemat", False),
        ("redaktionen@example.org", False),
        ("Vinnova.se för forskare", False),
    ],
)
def test_a_link_says_where_it_leads(db, text, is_fault):
    body = paragraph(f'<p>Mer: <a href="https://example.org/">{text}</a></p>')
    assert checks_of(page_with(body)) == (["link-text"] if is_fault else [])


def test_what_is_written_on_a_button_says_where_it_leads_too(db):
    assert checks_of(page_with(("call_to_action", {"text": "Klicka här", "url": "https://example.org/"}))) == ["link-text"]
    assert checks_of(page_with(("link_box", {"heading": "Läs mer", "url": "https://example.org/"}))) == ["link-text"]
    assert checks_of(page_with(("factbox", {"heading": "Mer", "text": "<p>Text.</p>"}))) == []


@pytest.mark.parametrize(
    ("alt", "language", "is_fault"),
    [
        ("Profile image", "sv", True),
        ("bild", "sv", True),
        ("IMG_2041", "sv", True),
        ("skiss-2.jpg", "sv", True),
        ("archipelago", "sv", True),
        ("En sida", "sv", True),
        ("folk lyssnar", "sv", True),
        ("Six people around a table, one of them with a pen", "sv", True),
        ("Sex personer runt ett bord, en av dem ritar", "sv", False),
        ("Sex personer runt ett bord, en av dem ritar", "en", True),
        ("Six people around a table, one of them with a pen", "en", False),
        ("Öar i motljus", "sv", False),
    ],
)
def test_the_text_of_a_picture_tells_what_one_sees(picture, alt, language, is_fault):
    page = page_with(("image", {"image": picture, "alt": alt, "caption": "", "size": "normal"}), language=language)
    [finding] = findings(page) or [None]
    assert (finding is not None and finding.check == "alt-text") == is_fault
    assert not is_fault or alt in finding.what


def test_a_picture_without_words_holds_the_page_back_in_the_language_that_lacks_them(picture):
    PortalImage.objects.filter(pk=picture.pk).update(alt_en="")
    swedish, translated = page_with(hero_image_id=picture.pk), page_with(hero_image_id=picture.pk, language="en")
    assert hindrances(swedish) == []
    [finding] = hindrances(translated)
    assert (finding.check, finding.field, finding.address) == (
        "alt-missing",
        "hero_image",
        reverse("wagtailimages:edit", args=[picture.pk]),
    )


def test_a_decoration_needs_no_words_and_words_beside_a_picture_are_enough(wordless):
    block = {"image": wordless, "alt": "", "caption": "", "size": "normal"}
    assert checks_of(page_with(("image", block))) == ["alt-missing"]
    assert checks_of(page_with(("image", {**block, "alt": "Öar i motljus, sedda från land"}))) == []
    PortalImage.objects.filter(pk=wordless.pk).update(is_decorative=True)
    assert checks_of(page_with(("image", {**block, "image": reread(wordless)}))) == []


def test_a_picture_whose_consent_has_run_out_is_told_of(picture):
    PortalImage.objects.filter(pk=picture.pk).update(consent_status="given", consent_until=datetime.date(2020, 1, 1))
    assert checks_of(page_with(hero_image_id=picture.pk)) == ["picture-consent"]


def test_the_lead_is_asked_for_where_it_must_be_and_where_it_helps(db):
    [finding, tip] = findings(page_with(lead="", search_description=" "))
    assert (finding.check, finding.severity, tip.check, tip.severity) == ("missing-lead", "warning", "missing-description", "tip")
    news = NewsPage(title="Nyhet", lead=" ", search_description="Nyhet.", locale_id=write("Mall").locale_id)
    assert [(finding.check, finding.severity) for finding in findings(news)] == [("missing-lead", "hindrance")]


@pytest.mark.parametrize(
    ("sentence", "language", "is_fault"),
    [
        ("Under 2024 ska partnerna arbeta vidare.", "sv", True),
        ("Arbetet kommer att vara klart våren 2025.", "sv", True),
        ("Arbetet blev klart våren 2025.", "sv", False),
        ("Arbetet ska vara klart 2031.", "sv", False),
        ("Planen gäller 2024–2031 och ska sedan göras om.", "sv", False),
        ("Vi ska ses. Det började 2024.", "sv", False),
        ("During 2024 the partners are to go on.", "en", True),
        ("The report will be ready in 2025.", "en", True),
        ("The report was ready in 2025.", "en", False),
    ],
)
@time_machine.travel("2026-11-28", tick=False)
def test_what_was_to_come_in_a_year_that_is_over_is_found(db, sentence, language, is_fault):
    page = page_with(paragraph(f"<p>{sentence}</p>"), language=language)
    assert checks_of(page) == (["past-date"] if is_fault else [])


@time_machine.travel("2026-11-28", tick=False)
def test_what_a_dated_news_item_said_in_its_own_year_may_stand(db):
    def said(date: datetime.date) -> list[str]:
        news = NewsPage(title="N", lead="N.", search_description="N.", date=date, locale_id=locale_id)
        news.body = [paragraph("<p>Under 2024 ska vi ses.</p>")]
        return checks_of(news)

    locale_id = write("Mall").locale_id
    assert said(datetime.date(2024, 4, 29)) == []
    assert said(datetime.date(2026, 4, 29)) == ["past-date"]


def test_an_event_that_is_over_is_not_announced(page):
    event = EventPage.objects.filter(status="scheduled", ends_at__gt=datetime.datetime.now(tz=datetime.UTC)).first()
    assert checks_of(event) == []
    with time_machine.travel(event.ends_at + datetime.timedelta(hours=1), tick=False):
        assert checks_of(event) == ["past-event"]
        event.status = "held"
        assert checks_of(event) == []


def test_each_finding_says_what_why_and_how_in_the_language_of_its_reader(page):
    said = {}
    for language in ("sv", "en"):
        with translation.override(language):
            said[language] = [(finding.what, finding.why, finding.how) for finding in findings(page("practice-news"))]
            assert all(all(parts) for parts in said[language])
    assert not {part for parts in said["sv"] for part in parts} & {part for parts in said["en"] for part in parts}


def test_what_is_found_comes_with_the_gravest_first(wordless):
    body = [paragraph('<p><a href="https://example.org/">här</a></p>'), ("image", {"image": wordless, "alt": ""})]
    found = [finding.severity for finding in findings(page_with(*body, search_description=""))]
    assert found == ["hindrance", "warning", "tip"]


# A hindrance stops what would make a page public, and nothing else

HELD = Finding("never", Severity.HINDRANCE, what="Sidan är aldrig klar.", why="Därför.", how="Vänta.", field="title")


def not_ready():
    """A check of somebody else's that holds back the pages that are called so."""
    return hooks.register_temporarily("register_content_checks", lambda page: [HELD] if "Aldrig" in page.title else [])


@pytest.fixture
def never_ready(db):
    with not_ready():
        yield


@pytest.fixture
def draft(never_ready) -> Page:
    page = write("Aldrig klar", live=False)
    page.save_revision()
    return page


def sent(client, page: Page, **action) -> str:
    """What the editor sees after a button of the form: "" if all went well."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, {**filled_in(client, address), "body-count": "0", **action})
    return "" if answer.status_code == 302 else answer.content.decode()


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_neither_publishing_nor_submitting_gets_past_a_hindrance(signed_in, draft, action):
    html = sent(signed_in("reviewer"), draft, **{action: "1"})
    assert "Sidan är aldrig klar." in html
    assert "Vänta." in html
    assert not reread(draft).live
    assert not reread(draft).workflow_in_progress


def test_a_draft_is_saved_whatever_the_checks_find(signed_in, draft):
    assert sent(signed_in("editor"), draft, lead="Nytt utkast.") == ""
    assert reread(draft).get_latest_revision_as_object().lead == "Nytt utkast."


def test_a_new_page_is_held_back_too(signed_in, page, never_ready):
    client, address = signed_in("reviewer"), reverse("wagtailadmin_pages:add", args=["home", "standardpage", page("home").pk])
    form = {**filled_in(client, f"{address}?preset=blank"), "title": "Aldrig klar", "slug": "aldrig-klar", "body-count": "0"}
    assert "Sidan är aldrig klar." in client.post(address, {**form, "action-publish": "1"}).content.decode()
    assert not StandardPage.objects.filter(title="Aldrig klar").exists()
    assert client.post(address, form).status_code == 302
    assert not StandardPage.objects.get(title="Aldrig klar").live


@pytest.fixture
def submitted(draft, django_user_model) -> Page:
    """In review since before the hindrance came."""
    draft.get_workflow().start(draft, django_user_model.objects.get(username="editor"))
    return draft


def workflow(name: str) -> dict:
    return {"action-workflow-action": "1", "workflow-action-name": name}


def test_approval_does_not_get_past_a_hindrance_but_a_refusal_does(signed_in, submitted):
    assert "Sidan är aldrig klar." in sent(signed_in("reviewer"), submitted, **workflow("approve"))
    assert not reread(submitted).live
    assert sent(signed_in("reviewer"), submitted, **workflow("reject")) == ""


@pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}])
def test_approval_from_a_list_leads_to_the_page_and_says_why(signed_in, submitted, headers):
    client, state = signed_in("reviewer"), submitted.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    answer = client.post(address, {"comment": "Ja"}, headers=headers)
    assert (answer.json()["redirect"] if headers else answer.url) == edit
    assert "Sidan är aldrig klar." in client.get(edit).content.decode()
    assert not reread(submitted).live
    assert reread(submitted).current_workflow_task_state == state


def test_of_several_pages_at_once_none_is_published_if_one_is_held_back(signed_in, draft):
    ready = write("Klar", live=False)
    ready.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client = signed_in("reviewer")
    answer = client.post(f"{address}?id={ready.pk}&id={draft.pk}", {"include_descendants": ""}, follow=True)
    assert "Sidan är aldrig klar." in answer.content.decode()
    assert not reread(ready).live
    client.post(f"{address}?id={ready.pk}", {"include_descendants": ""})
    assert reread(ready).live


def test_what_was_planned_is_not_published_past_a_hindrance(db, caplog):
    planned = write("Aldrig klar", live=False, go_live_at=datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC))
    planned.save_revision().publish()
    with time_machine.travel("2027-01-02", tick=False):
        with not_ready():
            publish_and_expire()
        assert not reread(planned).live
        assert "could not be published" in caplog.text
        publish_and_expire()
        assert reread(planned).live


def test_no_translation_is_published_past_a_hindrance(signed_in, never_ready, django_capture_on_commit_callbacks):
    original, admin = write("Alltid klar"), signed_in("admin")
    submit(admin, original)
    translate(admin, original, {"Alltid klar": "Aldrig ready"})
    with pytest.raises(Hindered):
        press_publish(admin, original, django_capture_on_commit_callbacks)
    assert not english(original).live
    translate(admin, original, {"Alltid klar": "Always ready"})
    press_publish(admin, original, django_capture_on_commit_callbacks)
    assert english(original).live


def test_code_that_publishes_past_a_hindrance_is_refused(draft):
    with pytest.raises(Hindered, match="aldrig klar"):
        draft.get_latest_revision().publish()


# What the editor sees beside the text


def shown(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_the_panel_shows_each_finding_with_a_way_to_its_place(signed_in, page):
    practice = page("practice-news")
    html = shown(signed_in("editor").get(reverse("wagtailadmin_pages:edit", args=[practice.pk])).content)
    items = html.select("#findings li")
    assert {item["data-check"] for item in items} == FAULTS["practice-news"]
    first = next(item for item in items if item["data-check"] == "alt-text")
    assert first.select_one("a[data-goto]")["href"] == f"#block-{practice.body[0].id}-section"
    assert next(item for item in items if item["data-check"] == "missing-description").a["href"] == "#id_search_description"
    assert html.select_one("#findings-count").get_text(strip=True).startswith(str(len(items)))


def test_the_panel_is_told_anew_whenever_the_draft_is_saved(signed_in, page):
    client, practice = signed_in("editor"), page("practice-project")
    address = reverse("wagtailadmin_pages:edit", args=[practice.pk])
    form = {**filled_in(client, address), "body-count": "0", "lead": ""}
    told = client.post(address, form, headers={"accept": "application/json"}).json()
    templates = {part["data-w-teleport-target-value"]: part for part in shown(told["html"]).find_all("template")}
    assert {item["data-check"] for item in templates["#findings"].find_all("li")} == {"missing-lead", "missing-description"}
    assert templates["#findings-count"].get_text(strip=True).startswith("2")


def test_a_clean_page_is_praised_and_an_unsaved_one_left_in_peace(signed_in, page):
    client = signed_in("editor")
    with translation.override("en"):
        clean = client.get(reverse("wagtailadmin_pages:edit", args=[page("about-us").pk]), headers={"accept-language": "en"})
        address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", page("home").pk])
        new = client.get(f"{address}?preset=blank", headers={"accept-language": "en"})
    assert "Nothing to complain about" in clean.content.decode()
    assert "The checks begin when" in new.content.decode()
    assert not shown(clean.content).select("#findings li")


def test_a_check_of_a_plugin_that_raises_is_passed_over(signed_in, page, caplog):
    def broken(checked):
        raise RuntimeError("a plugin's own fault")

    broken.__module__ = "somebody.wagtail_hooks"
    with hooks.register_temporarily("register_content_checks", broken):
        assert signed_in("editor").get(reverse("wagtailadmin_pages:edit", args=[page("about-us").pk])).status_code == 200
        page("about-us").get_latest_revision().publish()
    assert "somebody.wagtail_hooks" in caplog.text
