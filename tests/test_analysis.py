"""What search does with words."""

import pytest

from search.analysis import Rule, Token, analyzer, fold
from search.analysis.swedish import Swedish


def test_a_text_falls_into_words_that_say_where_they_stand():
    text = "Våra API:er, och mötet."
    tokens = list(analyzer("sv").tokens(text))
    assert tokens[1] == Token("api:er", "api", (), 5, 11)
    assert [text[token.start : token.end] for token in tokens] == ["Våra", "API:er", "och", "mötet"]


def test_places_are_right_where_letters_and_their_accents_stand_apart():
    text = "i sa\u0308\u00adkerheten nu"
    token = list(analyzer("sv").tokens(text))[1]
    assert (token.word, text[token.end :]) == ("säkerheten", " nu")


def test_a_whole_text_is_read_as_its_words_are_one_by_one():
    text = "Vårt möte om API:er; det hölls i maj – på Malmö högskola."
    assert [tuple(word) for word in analyzer("sv").words(text)] == [token[:3] for token in analyzer("sv").tokens(text)]


@pytest.mark.parametrize(
    ("language", "written", "normal", "parts"),
    [
        ("sv", "e-post", "epost", ("e", "post")),
        ("sv", "API:er", "api", ()),
        ("sv", "EU:s", "eu", ()),
        ("sv", "3:e", "3", ()),
        ("sv", "GDPR-frågor", "gdprfråg", ("gdpr", "fråg")),
        ("sv", "samverkans-", "samverk", ()),
        ("sv", "verksamhets- och", "verksam", ()),
        ("en", "organisation’s", "organis", ()),
        ("en", "O’Brien", "obrien", ("o", "brien")),
        ("en", "e\u2011mails", "email", ("e", "mail")),
        ("en", "state-of-the-art", "stateoftheart", ("state", "art")),
    ],
)
def test_signs_inside_words_are_understood(language, written, normal, parts):
    token = next(analyzer(language).tokens(written))
    assert (token.normal, token.parts) == (normal, parts)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("sv", "möte mötet möten mötena mötets"),
        ("sv", "bok boken böcker böckernas"),
        ("sv", "man män männen"),
        ("sv", "stad städer städernas"),
        ("sv", "kalender kalendrar kalendern"),
        ("sv", "medlem medlemmar medlemmen"),
        ("sv", "museum museet museer"),
        ("sv", "ansökan ansökningar ansökningarna"),
        ("sv", "barn barnen barns"),
        ("sv", "skriva skriver skrivit skriven skrivna"),
        ("sv", "gå går gick gått"),
        ("sv", "bedöma bedömer bedömt bedömda"),
        ("sv", "hållbar hållbart hållbarhet hållbarheten"),
        ("sv", "tillgänglig tillgängliga tillgänglighet"),
        ("sv", "ledare ledaren ledarna"),
        ("sv", "workshop workshopen workshops"),
        ("sv", "metodhandbok metodhandböcker metodhandböckerna"),
        ("en", "child children"),
        ("en", "mouse mice"),
        ("en", "go goes went gone"),
        ("en", "criterion criteria"),
        ("en", "organise organised organizing organization organisation"),
        ("en", "centre center centers centred"),
        ("en", "colour colors colored"),
        ("en", "travelling traveled"),
        ("en", "evaluate evaluating evaluation"),
    ],
)
def test_all_forms_of_a_word_are_one(language, forms):
    normals = {form: analyzer(language).normal(form) for form in forms.split()}
    assert len(set(normals.values())) == 1, normals


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "hem hemlig"),
        ("sv", "vikt viktig"),
        ("sv", "led ledare ledig"),
        ("sv", "lära lärare"),
        ("sv", "data datum"),
        ("sv", "äldre gammal"),
        ("sv", "lakan lakning"),
        ("en", "size seize prize"),
        ("en", "opera opus"),
    ],
)
def test_different_words_stay_apart(language, words):
    normals = {word: analyzer(language).normal(word) for word in words.split()}
    assert len(set(normals.values())) == len(normals), normals


def test_words_that_say_nothing_are_known():
    assert analyzer("sv").is_stop("Och")
    assert analyzer("en").is_stop("Don’t")
    assert not analyzer("sv").is_stop("samverkan")


def test_a_word_is_folded_as_people_type_without_a_swedish_keyboard():
    assert fold("Säkerhet på Ærø") == "sakerhet pa aro"


def test_staff_say_how_a_word_is_cut_in_all_its_forms():
    own = Swedish(rules=[Rule("split", "Kraftsamla", "kraft + samla"), Rule("split", "hjärtebarnet", "hjärta + barn")])
    assert own.parts("kraftsamlade") == (own.normal("kraft"), own.normal("samla"))
    assert len({own.normal(form) for form in ("kraftsamla", "kraftsamlar", "kraftsamlade")}) == 1
    assert own.parts("hjärtebarnet") == (own.normal("hjärta"), own.normal("barn"))


def test_staff_say_that_a_word_is_whole_or_the_same_as_another():
    own = Swedish(rules=[Rule("whole", "mötesplats"), Rule("same", "träffpunkt", "mötesplats")])
    assert analyzer("sv").parts("mötesplatsen")
    assert own.parts("mötesplatsen") == ()
    assert own.normal("träffpunkter") == analyzer("sv").normal("mötesplats")


def test_rules_that_make_no_sense_harm_nothing():
    rules = [Rule("split", "", "+"), Rule("split", "a", " + "), Rule("same", "b", ""), Rule("whole", ""), Rule("odd", "c", "d")]
    assert Swedish(rules=rules).normal("möten") == analyzer("sv").normal("möten")
