"""Files that go with a page: templates of a method card, a guide as PDF."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.users.models import UserProfile
from wagtail_localize.models import TranslationSource

from cms.checks import Severity, findings
from cms.models import PortalDocument
from cms.vocabulary.models import Steward
from knowledge.models import GuidePage, MethodPage, MethodTemplate
from tests import scratch
from tests.test_guides import chapter, cost_beside, get
from tests.test_methods import method
from tests.translating import english, press_publish, submit, translate

pytestmark = pytest.mark.django_db

User = get_user_model()


def document(title: str, language: str = "sv", suffix: str = "odt") -> PortalDocument:
    return PortalDocument.objects.create(title=title, language=language, file=ContentFile(b"%PDF-1.7 " * 50, f"fil.{suffix}"))


def close(*documents: PortalDocument) -> None:
    """Into a collection that only those who have signed in may see."""
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    PortalDocument.objects.filter(pk__in=[each.pk for each in documents]).update(collection=collection)


def templates(html: str) -> list[str]:
    part = html.partition('id="templates"')[2].partition("</ul>")[0]
    return [re.sub(r"<[^>]+>", "", link).strip() for link in re.findall(r"<a [^>]*>.*?</a>", part)]


def with_templates(card: MethodPage, *documents: PortalDocument) -> MethodPage:
    card.templates = [MethodTemplate(document=each, sort_order=place) for place, each in enumerate(documents)]
    card.save()
    return scratch.reread(card)


# What goes with a method card


def test_a_card_offers_its_templates_those_in_its_own_language_first(client, page):
    swedish, other, both = document("Tabell"), document("Table", "en"), document("Karta / Map", "both")
    card = with_templates(method("Eget kort", page("methods")), other, swedish, both)
    html = get(client, card.url)
    assert templates(html) == ["Tabell", "Karta / Map", "Table"]
    assert "ODT, 450 byte, på svenska." in re.sub(r"\s+", " ", html).replace("\xa0", " ")
    assert f'href="{other.url}" hreflang="en" lang="en"' in html
    there = with_templates(method("A card", page("methods", "en")), other, swedish)
    assert templates(get(client, there.url)) == ["Table", "Tabell"]


def test_a_card_without_templates_has_no_empty_heading(client, page):
    assert 'id="templates"' not in get(client, method("Eget kort", page("methods")).url)


def test_a_template_that_not_everybody_may_read_is_named_nowhere(client, page):
    secret = document("Hemlig tabell")
    card = with_templates(method("Eget kort", page("methods")), secret, document("Öppen tabell"))
    assert templates(get(client, card.url)) == ["Hemlig tabell", "Öppen tabell"]
    close(secret)
    assert templates(get(client, card.url)) == ["Öppen tabell"]
    answer = client.get(f"/api/v2/pages/{card.pk}/").json()
    assert [(row["document"] or {}).get("title") for row in answer["templates"]] == [None, "Öppen tabell"]


def test_templates_are_the_same_in_both_languages(signed_in, page, django_capture_on_commit_callbacks):
    admin, card = signed_in("admin"), method("Eget kort", page("methods"))
    with_templates(card, document("Tabell"))
    card.save_revision().publish()
    submit(admin, card)
    translate(admin, card)
    press_publish(admin, card, django_capture_on_commit_callbacks)
    assert [row.document.title for row in english(card).templates.all()] == ["Tabell"]


def test_templates_cost_the_same_for_3_and_30(client, cost, page):
    card, costs = method("Eget kort", page("methods"), content_owner=Steward.objects.first()), []
    for count in (3, 30):
        with_templates(card, *(document(f"Tabell {n}") for n in range(count)))
        costs.append(cost_beside(client, cost, card.url, page("one-question-one-hour").url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12


# A guide as a file


@pytest.fixture
def guide(page) -> GuidePage:
    pdf = document("Guiden (pdf)", suffix="pdf")
    return scratch.write("Öva ihop", page("guides"), GuidePage, licence_id=1, chapters=[chapter("Ett"), chapter("Två")], pdf=pdf)


def test_a_guide_leads_to_its_pdf_from_its_first_page_and_from_the_whole_but_not_from_each_chapter(client, guide):
    link = f'<a href="{guide.pdf.url}">'
    for address in (guide.url, f"{guide.url}?view=all"):
        html = get(client, address)
        assert link in html
        assert "PDF, 450 byte" in html.replace("\xa0", " ")
    assert link not in get(client, f"{guide.url}ett/")


def test_a_pdf_that_not_everybody_may_read_is_not_named(client, guide):
    url = guide.pdf.url
    assert client.get(f"/api/v2/pages/{guide.pk}/").json()["pdf"]["title"] == "Guiden (pdf)"
    close(guide.pdf)
    assert url not in get(client, guide.url)
    assert client.get(f"/api/v2/pages/{guide.pk}/").json()["pdf"] is None


def test_each_language_has_its_own_pdf(signed_in, client, guide, django_capture_on_commit_callbacks):
    admin = signed_in("admin")
    guide.save_revision().publish()
    submit(admin, guide)
    translate(admin, guide)
    press_publish(admin, guide, django_capture_on_commit_callbacks)
    there = english(guide)
    assert there.pdf is None
    there.pdf = document("The guide (PDF)", "en", "pdf")
    there.save_revision().publish()
    guide.lead = "Ny ingress."
    guide.save_revision().publish()
    source = TranslationSource.objects.get(object_id=guide.translation_key)
    admin.post(reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"})
    there = english(guide)
    assert there.lead == "EN Öva ihop."
    assert there.pdf.title == "The guide (PDF)"
    assert scratch.reread(guide).pdf.title == "Guiden (pdf)"


def test_only_a_pdf_in_the_language_of_the_guide_is_taken(guide):
    for wrong in (document("Fel språk", "en", "pdf"), document("Fel slag")):
        guide.pdf = wrong
        with pytest.raises(ValidationError) as caught:
            guide.full_clean()
        assert list(caught.value.message_dict) == ["pdf"]
    guide.pdf = document("På båda språken", "both", "pdf")
    guide.full_clean()


# Whether everybody can read it


def pdf(tagged: bool) -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if tagged:
        marked = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        writer.root_object[NameObject("/MarkInfo")] = marked
        writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(DictionaryObject())
    writer.write(made)
    return made.getvalue()


def uploaded(title: str, content: bytes, **fields) -> PortalDocument:
    return PortalDocument.objects.create(title=title, file=ContentFile(content, f"{title}.pdf"), **fields)


def test_a_pdf_says_when_it_is_saved_whether_it_has_the_marks_that_screen_readers_follow():
    assert uploaded("taggad", pdf(tagged=True)).is_tagged is True
    assert uploaded("otaggad", pdf(tagged=False)).is_tagged is False
    assert uploaded("trasig", b"%PDF-1.7 \0 not at all").is_tagged is False
    assert document("Tabell").is_tagged is None


@pytest.mark.parametrize(("language", "said"), [("sv", "är inte taggad"), ("en", "is not tagged")])
def test_an_untagged_pdf_is_not_called_accessible(signed_in, language, said):
    admin = signed_in("admin")
    UserProfile.objects.update_or_create(user=User.objects.get(username="admin"), defaults={"preferred_language": language})
    form = {"title": "Ny", "language": "sv", "review_interval": "12", "collection": Collection.get_first_root_node().pk, "tags": ""}
    upload = {**form, "file": ContentFile(pdf(tagged=False), "ny.pdf"), "accessible": "yes"}
    refused = admin.post(reverse("wagtaildocs:add"), upload)
    assert said in refused.content.decode()
    assert not PortalDocument.objects.filter(title="Ny").exists()
    upload |= {
        "file": ContentFile(pdf(tagged=False), "ny.pdf"),
        "accessible": "no",
        "alternative_sv": "Ring oss.",
        "reviewed_on": "2026-01-31",
    }
    admin.post(reverse("wagtaildocs:add"), upload)
    kept = PortalDocument.objects.get(title="Ny")
    assert (kept.is_tagged, kept.alternative_sv, f"{kept.next_review_on}") == (False, "Ring oss.", "2027-01-31")
    assert said in admin.get(reverse("wagtaildocs:edit", args=[kept.pk])).content.decode(), "whoever opens it is told"
    upload |= {"file": ContentFile(pdf(tagged=True), "ny.pdf"), "accessible": "yes"}
    admin.post(reverse("wagtaildocs:edit", args=[kept.pk]), upload)
    assert scratch.reread(kept).is_tagged


def test_an_editor_is_told_of_files_that_not_everybody_can_read():
    untagged, unchecked = uploaded("Otaggad", pdf(tagged=False), accessible="partly"), uploaded("Okänd", pdf(tagged=True))
    no_way = uploaded("Utan väg", pdf(tagged=True), accessible="no")
    fine = [
        uploaded("Bra", pdf(tagged=True), accessible="yes"),
        uploaded("Annars", pdf(tagged=True), accessible="no", alternative_sv="Ring."),
    ]
    chosen = [untagged, unchecked, no_way, *fine]
    page = scratch.write("Filer", search_description="Om filer.", body=[("downloads", {"documents": chosen})])
    found = [finding for finding in findings(page) if finding.check == "document-access"]
    assert ["Otaggad" in found[0].what, "Okänd" in found[1].what, "Utan väg" in found[2].what] == [True] * 3
    assert [finding.address for finding in found] == [reverse("wagtaildocs:edit", args=[each.pk]) for each in chosen[:3]]
    assert all(finding.severity == Severity.WARNING for finding in found)


def test_a_reader_is_told_what_to_do_instead(client):
    hard = document("Tabell")
    hard.accessible, hard.alternative_sv = "no", "Läs https://example.org/tabell i stället."
    hard.save()
    html = get(client, scratch.write("Filer", body=[("downloads", {"documents": [hard]})]).url)
    assert 'I stället för filen: Läs <a href="https://example.org/tabell"' in html
    hard.accessible = "yes"
    hard.save()
    assert "I stället för filen" not in get(client, "/filer/")
