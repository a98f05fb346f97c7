"""The search of the whole portal: finds what anybody may see, and nothing else, whatever is written in it."""

from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from wagtail.models import GroupPagePermission

from cms.languages import CODES
from directory.models import Organisation, Person
from home.models import area_entrances, entrances
from knowledge.models import EventPage
from search.analysis import fold
from search.engines.base import Hit
from search.eval.hostile import hostile
from search.planning import LONGEST, MOST_WORDS, Question, cut
from search.query import find
from search.ranking import Ranking
from search.results import Results
from search.snippets import Marker
from tests.copies import live_copies
from tests.scratch import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexing")]

WORD = "kvastkvittra"  # stands nowhere but in what a test writes


def search(client, q: str, language: str = "sv", **params):
    with translation.override(language):
        address = reverse("search")
    return client.get(address, {"q": q, **params})


def titles(q: str, language: str = "sv") -> list[str]:
    with translation.override(language):
        return [item.title for item in find(q, language, size=50).items.values()]


def test_the_search_has_an_address_in_each_language(client):
    addresses = [search(client, "", language).request["PATH_INFO"] for language in ("sv", "en")]
    assert addresses[1] == "/en/search/"
    assert not addresses[0].startswith("/en/")


def test_a_word_in_a_page_leads_to_it_in_its_own_language_only(client, page):
    guide = page("strategic-partnerships", "sv")
    assert guide.title in titles(guide.title)
    assert guide.title not in titles(guide.title, "en")
    shown = search(client, guide.title).content.decode()
    assert f'href="{guide.url}"' in shown
    assert "<mark>" in shown


def test_what_has_the_words_in_its_title_comes_before_what_mentions_them(page):
    section = write(f"Om {WORD}", lead="Om något.")
    write("Något annat", section, lead=f"Här nämns {WORD}.", first_published_at=timezone.now())
    assert titles(WORD) == [f"Om {WORD}", "Något annat"]


def test_an_organisation_and_a_person_are_found_with_their_kind(client):
    organisation, person = Organisation.objects.public().first(), Person.objects.public().first()
    for item, kind in ((organisation, "organisation"), (person, "person")):
        shown = search(client, item.title, kind=kind)
        assert shown.context["results"].selected["kind"] == [kind]
        assert item in [result.item for result in shown.context["results"].shown]
        assert f'href="{item.get_url()}"' in shown.content.decode()


def narrowed(query: str) -> Results:
    return Results(QueryDict(f"q=metod&{query}"), "/sok/", "sv")


@pytest.mark.parametrize("chosen", ["", "kind=method", "kind=method&minutes=60", "kind=guide&kind=method&topic=method"])
def test_each_value_of_a_facet_gives_as_many_as_it_says(chosen):
    """Values of one facet are alternatives, facets are added to each other, and none leads nowhere."""
    results = narrowed(chosen)
    assert len(results.all_facets) > 4
    for facet in results.all_facets:
        without = "&".join(part for part in chosen.split("&") if not part.startswith(f"{facet.name}="))
        for option in facet.options[:3]:
            assert narrowed(f"{without}&{facet.name}={option.value}").total == option.count, (facet.name, option)
            assert option.count or option.selected
        if len(facet.options) > 1 and facet.kind == "choice":
            first, second = facet.options[:2]
            both = narrowed(f"{without}&{facet.name}={first.value}&{facet.name}={second.value}").total
            assert max(first.count, second.count) <= both <= first.count + second.count


def test_what_is_chosen_stays_when_one_leafs_on_and_is_let_go_one_by_one(client):
    results = search(client, "metod", kind="method").context["results"]
    assert results.total > results.page_size
    assert client.get(results.next_url).context["results"].selected == results.selected
    (chip,) = results.chips
    everything = client.get(chip["remove_url"]).context["results"]
    assert (everything.q, everything.chips) == ("metod", [])
    assert everything.total > results.total


def test_one_kind_alone_brings_the_facets_of_its_own_list(client):
    assert "minutes" not in {facet.name for facet in search(client, "metod").context["results"].all_facets}
    assert {"minutes", "people"} <= {facet.name for facet in search(client, "metod", kind="method").context["results"].all_facets}


def test_a_facet_names_what_it_narrows_to_in_the_language_of_the_page(client):
    for language, kind, topic in (("sv", "Metodkort", "Metoder"), ("en", "Method cards", "Methods")):
        shown = search(client, "method" if language == "en" else "metod", language, kind="method", topic="method")
        assert [chip["label"] for chip in shown.context["results"].chips] == [kind, topic]


@pytest.mark.parametrize("value", ["nonsense", "x" * 500, "'", "%", "-1"])
def test_a_choice_that_means_nothing_is_a_sensible_page(client, value):
    for name in ("kind", "topic", "year", "organisation"):
        shown = search(client, "metod", **{name: value})
        assert shown.status_code == 200
        assert shown.context["results"].total == 0 or name == "kind" or len(value) > 100


def test_the_pages_of_results_show_each_result_once(client):
    seen = []
    number = 1
    while True:
        results = search(client, "meeting", "en", page=number).context["results"]
        seen += [result.hit.key for result in results.shown]
        if not results.next_url:
            break
        assert f"page={number + 1}" in results.next_url
        assert "q=meeting" in results.next_url
        number += 1
    assert number > 1
    assert len(seen) == len(set(seen)) == results.total


@pytest.mark.parametrize("number", ["-1", "0", "999999", "abc", "", "1e9", "\N{SUPERSCRIPT TWO}"])
def test_a_page_that_is_not_there_is_a_sensible_page(client, number):
    assert search(client, "meeting", "en", page=number).status_code == 200


def test_news_is_found_at_its_dated_address_without_a_redirect(client, page):
    news = page("portal-opens", "en")
    assert f'href="{news.url}"' in search(client, news.title, "en").content.decode()
    assert client.get(news.url).status_code == 200


def test_if_nothing_has_all_the_words_what_has_some_of_them_is_shown_and_said(client):
    write(f"Om {WORD}")
    results = search(client, f"{WORD} vinglibongo").context["results"]
    assert results.has_some_words_only
    assert results.total == 1
    assert not search(client, WORD).context["results"].has_some_words_only


def test_nothing_found_says_so_and_helps(client):
    shown = search(client, "vinglibongo", "en")
    assert shown.status_code == 200
    assert "Nothing was found for “vinglibongo”" in shown.content.decode()
    assert "Use fewer words" in shown.content.decode()
    assert "mailto:" in shown.content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_page_is_kept_by_no_search_engine(client):
    shown = search(client, "")
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in shown.content.decode()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_search_for_nothing_offers_the_kinds_and_the_areas_to_begin_with(client, language):
    shown = search(client, "", language)
    main = shown.text.partition("<main")[2].partition("</main>")[0]
    with translation.override(language):
        begin = [each["url"] for each in [*entrances(language, shown.wsgi_request), *area_entrances(language)]]
    assert len(begin) == 11
    assert [url for url in begin if f'href="{url}"' not in main] == []


def test_the_language_link_keeps_the_question(client):
    class Links(HTMLParser):
        found: list = []

        def handle_starttag(self, tag, attrs):
            if tag == "a" and dict(attrs).get("hreflang") == "en":
                self.found.append(dict(attrs)["href"])

    parser = Links()
    parser.feed(search(client, "möte & plats").content.decode())
    (address,) = set(parser.found)
    assert client.get(address).context["results"].q == "möte & plats"


def test_what_was_asked_is_shown_as_text(client):
    shown = search(client, '"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in shown


@pytest.mark.parametrize(
    ("q", "text", "marked"),
    [
        ("process", "Processledning & <process>", "[Process]ledning &amp; &lt;[process]&gt;"),
        ("samverkan", "samverkanssamordnare", "[samverkans]samordnare"),
        ("högskola", "skolan ska vara hög, högskolan", "skolan ska vara hög, [högskolan]"),
        ("högskola", "det ska vara hög fart", "det ska vara hög fart"),
        ("utbildningsplan", "en plan för utbildningen", "en [plan] för [utbildningen]"),
        ('"två ord"', "Två ord, ett ord", "[Två] [ord], ett [ord]"),
    ],
)
def test_what_answers_is_marked_inside_compounds_too_and_no_markup_is_let_through(q, text, marked):
    assert Marker(Question(q, "sv")).marked(text) == marked.replace("[", "<mark>").replace("]", "</mark>")


def test_a_page_whose_summary_has_none_of_the_words_shows_the_passage_that_has(client):
    text = f"{'Inledande ord. ' * 60} Här nämns {WORD} <b>en gång. {'Avslutande ord. ' * 60}"
    write("En sida", lead="Om något annat.", body=[("paragraph", f"<p>{escape(text)}</p>")])
    (result,) = search(client, WORD).context["results"].shown
    assert f"<mark>{WORD}</mark> &lt;b&gt;en gång" in result.summary
    assert len(result.summary) < 300


# How a question is read


def test_what_nobody_writes_is_read_as_what_is_meant_and_said_openly(client):
    for q, meant in (("hogskolan", "högskolan"), ("partnerskpa", "partnerskap")):
        shown = search(client, f"{q} nu")
        results = shown.context["results"]
        assert results.meant == f"{meant} nu"
        assert results.total > 1
        assert f"<strong>{meant} nu</strong>" in shown.content.decode()
        literally = client.get(results.literal_url).context["results"]
        assert (literally.total, literally.literal, literally.meant) == (0, True, f"{meant} nu")
        assert f'href="{literally.meant_url}"' in client.get(results.literal_url).content.decode()
    assert search(client, "högskolan").context["results"].meant == ""


def test_words_in_quotation_marks_stand_in_that_order():
    section = write(f"Ett {WORD} vinglibongo")
    write(f"Vinglibongo om {WORD}", section)
    assert len(titles(f"{WORD} vinglibongo")) == 2
    for quoted in ('"{}"', "”{}”", "“{}”", "»{}«", "„{}“"):
        assert titles(quoted.format(f"{WORD} vinglibongo")) == [f"Ett {WORD} vinglibongo"]


def test_a_word_after_a_minus_must_not_be_there():
    section = write(f"Ett {WORD} vinglibongo")
    write(f"Om {WORD}", section)
    assert titles(f"{WORD} -vinglibongo") == titles(f'{WORD} -"ett vinglibongo"') == [f"Om {WORD}"]
    assert titles(f"ett-{WORD}") == titles(f"ett {WORD}"), "a hyphen inside a word is none"


def test_what_is_headed_so_comes_before_what_mentions_it():
    question = Question("bryggan vid hamnen", "sv")
    jetty, harbour = (token.normal for token in question.tokens)
    mentions = Hit("a", 1.0, "sv", columns={"b": f"{jetty} på {harbour}"})
    headed = Hit("b", 0.9, "sv", columns={"h": f"om {jetty}", "b": f"{jetty} på {harbour}"})
    assert [each.hit for each in Ranking(question).of([mentions, headed])] == [headed, mentions]


def test_what_says_it_in_one_passage_comes_before_what_has_the_words_here_and_there():
    question = Question("bryggan vid hamnen", "sv")
    jetty, harbour = (token.normal for token in question.tokens)
    scattered = Hit("a", 1.0, "sv", columns={"b": f"{jetty} {'ord ' * 50} {harbour}"})
    together = Hit("b", 0.9, "sv", columns={"b": f"{'ord ' * 50} {jetty} som är i {harbour}"})
    assert [each.hit for each in Ranking(question).of([scattered, together])] == [together, scattered]


def test_a_word_that_is_common_in_other_forms_tells_no_more_than_those():
    section = write(f"Om {WORD}n")
    write(f"Mer om {WORD}n", section)
    typed, written = (Question(word, "sv").terms[0] for word in (f"{WORD}ns", f"{WORD}n"))
    assert typed.df == written.df == 2
    assert typed.weight == written.weight


def test_somebody_asked_for_by_name_comes_first():
    for item in [*Organisation.objects.public(), *Person.objects.public()]:
        assert titles(item.title)[0] == item.title
        assert titles(" ".join(reversed(fold(item.title).split())))[0] == item.title


def test_in_a_question_what_is_asked_about_counts():
    section = write("Så hittar du hjälp", lead="Hur hittar man hjälp? Här hittar du hjälp.")
    write(f"Om {WORD}", section)
    assert titles(f"hur hittar jag hjälp med {WORD}?")[0] == f"Om {WORD}"
    assert titles("hur hittar jag hjälp?")[0] == section.title, "unless nothing else is asked"


def test_a_compound_is_found_by_all_its_parts_and_the_other_way_round():
    section = write("Kvinnor i historien")
    write("Kvinnohistoria", section)
    assert set(titles("kvinnohistoria")) >= {"Kvinnohistoria", "Kvinnor i historien"}
    assert titles("kvinnor historia")[0] in ("Kvinnohistoria", "Kvinnor i historien")


def test_of_a_compound_that_nobody_has_written_some_parts_will_do():
    section = write("Om mattor", lead="En fågel sitter på mattan.")
    write("Hunden", section)
    assert titles("fågelhundsmatta") == ["Om mattor", "Hunden"]
    write("Fågelhundsmattor", section)
    assert titles("fågelhundsmatta") == ["Fågelhundsmattor"], "unless somebody has written it"


def test_the_command_tells_how_a_question_is_read(capsys):
    call_command("search_explain", 'hur hittar jag hogskolan "en fras" -arena?')
    told = capsys.readouterr().out
    for said in ("read as högskolan", "says little", "in this order: en fras", "without: aren"):
        assert said in told


def test_while_there_is_no_index_the_page_says_so_kindly_and_the_admin_finds_what_it_can(client, signed_in, settings, tmp_path):
    write(f"Övning om {WORD}", live=False)
    settings.SEARCH_ROOT = tmp_path / "nothing"
    shown = search(client, WORD, "en")
    assert (shown.status_code, shown.headers["Retry-After"]) == (503, "60")
    assert "being prepared" in shown.content.decode()
    assert f"Övning om {WORD}" in signed_in("editor").get("/admin/pages/search/", {"q": f"Övning {WORD}"}).content.decode()


@pytest.mark.parametrize("address", ["/admin/pages/search/", "/admin/pages/1/"])
def test_whoever_looks_for_a_page_in_the_admin_finds_what_the_site_finds_after_the_titles_that_begin_so(signed_in, address):
    named, telling = write(f"{WORD.capitalize()} för alla"), write("En annan sida", lead=f"Här står {WORD}.")
    hidden = write("En osynlig sida", lead=f"Här står {WORD}.", live=False)

    def found(q: str) -> list[int]:
        listed = signed_in("admin").get(address, {"q": q, "search_all": "1"}).context["object_list"]
        return [page.pk for page in listed]

    assert found(WORD)[0] == named.pk
    assert set(found(WORD)) == {named.pk, telling.pk, hidden.pk}
    assert named.pk in found(WORD[:7]), "as it is typed"
    assert telling.pk in found(WORD.replace("tt", "t")), "mistyped"
    assert found(f'"står {WORD}" -osynlig') == [telling.pk]


# What is written in the field


def test_a_question_is_cut_to_two_hundred_characters_and_sixteen_words():
    assert cut("ord " * 2000) == " ".join(["ord"] * MOST_WORDS)
    assert len(cut("a" * 100_000)) == LONGEST
    assert len(Question("två ord " * 2000, "sv").terms) == MOST_WORDS


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "a '",
        '"a',
        " ",
        "\0",
        "a\0b",
        "AND",
        "NOT a",
        "a OR",
        "a*",
        "^a",
        "a:b",
        "{title} : a",
        "(",
        "a -b",
        "NEAR(a b)",
        "\\",
        "%",
        "%s",
        "-- ;",
        "\ud800",
        "_",
        "²",
        "ﬁ",
        "e\u0301",
        "\u200b",
        "🜀",
        "x" * 100_000,
        "ord " * 2000,
    ],
)
def test_no_sign_is_an_error(client, text):
    find(text, "sv")
    if "\ud800" not in text:
        assert search(client, text).status_code in (200, 400)


def test_hostile_questions_give_no_error():
    """``search_bench`` asks ten thousand."""
    for number, question in enumerate(hostile(400)):
        assert len(cut(question)) <= LONGEST
        answer = find(question, CODES[number % 2], facets=("kind",), literal=number % 5 == 0)
        Marker(answer.question).marked(question)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_search_is_only_read(client, method):
    assert getattr(client, method)(reverse("search")).status_code in (403, 405)


# What it costs


def test_a_page_of_results_costs_the_same_for_few_and_for_many(cost):
    address = reverse("search") + f"?q={WORD}"
    section = write("Avdelning", lead=f"Om {WORD}.")
    found = []
    for start, stop in ((0, 2), (2, 29), (29, 60)):
        for number in range(start, stop):
            write(f"Sida {number}", section, lead=f"Om {WORD}.")
        found.append((find(WORD, "sv").total, cost(address)))
    assert [hits for hits, _ in found] == [3, 30, 61]
    assert len({queries for _, queries in found}) == 1
    assert found[0][1] <= 10


def test_a_page_with_every_kind_costs_at_most_ten_queries(cost):
    with translation.override("en"):
        assert len({type(item) for item in find("meeting", "en").items.values()}) > 2
    assert cost("/en/search/?q=meeting") <= 10


@pytest.mark.parametrize(
    ("language", "status", "said"),
    [
        ("sv", "cancelled", "Inställd"),
        ("en", "cancelled", "Cancelled"),
        ("sv", "postponed", "Flyttad"),
        ("en", "postponed", "Moved"),
    ],
)
def test_an_event_that_is_cancelled_or_moved_says_so_among_the_results(client, page, language, status, said):
    event = page("question-hour", language)
    address = reverse("search") if language == "sv" else "/en/search/"
    found = client.get(address, {"q": event.title}).content.decode()
    assert event.url in found
    assert said not in found
    EventPage.objects.filter(pk=event.pk).update(status=status, postponed_from=event.starts_at)
    assert said in client.get(address, {"q": event.title}).content.decode()


def test_results_of_cancelled_events_cost_no_more(cost, page):
    event, costs = page("question-hour"), []
    for more in (1, 20):
        copies = live_copies(event, more)
        EventPage.objects.filter(pk__in=[copy.pk for copy in copies]).update(status="cancelled")
        for copy in copies:
            EventPage.objects.get(pk=copy.pk).save()
        costs.append(cost(f"{reverse('search')}?q=Frågetimme"))
    assert len(set(costs)) == 1, costs


# Who may see what: tests/test_private.py has every way of hiding a page


def test_a_draft_is_found_by_its_owner_in_the_admin_and_by_nobody_else(client, signed_in):
    write(f"Utkast om {WORD}", live=False)
    assert titles(WORD) == []
    assert search(client, WORD).context["results"].answer.total == 0
    assert GroupPagePermission.objects.exists()
    assert WORD in signed_in("editor").get("/admin/pages/search/", {"q": WORD}).content.decode().replace(f'value="{WORD}"', "")


def test_what_a_person_does_not_show_is_not_found():
    person = Person.objects.public().first()
    person.can_help_with_sv, person.can_help_with_visibility = f"med {WORD}", "public"
    person.save()
    assert titles(WORD) == [person.title]
    person.can_help_with_visibility = "hidden"
    person.save()
    assert titles(WORD) == []


def test_a_page_of_an_uninstalled_type_is_not_found():
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    gone = ContentType.objects.create(app_label="gone", model="gonepage")
    written = write(f"Kvar {WORD}")
    assert titles(WORD) == [written.title]
    Page.objects.filter(pk=written.pk).update(content_type=gone)
    assert titles(WORD) == []
