"""Documents and questions as an engine is given them."""

from search.engines.base import BARRIER, PUBLIC, Concept, Document, Engine, Plan


def document(name: str, title: str = "", body: str = "", **fields) -> Document:
    """A public document in Swedish whose words stand as they are indexed; what compounds are made of comes after a barrier."""
    columns = {"t": title, "k": "", "h": "", "b": body, **fields.pop("columns", {})}
    written = frozenset(word for text in columns.values() for word in text.split() if word != BARRIER)
    given = {"locale": "sv", "kind": "guide", "access": PUBLIC, "starts": title, "words": written, "text": body, **fields}
    return Document(key=f"app.thing:{name}", title=title, columns=columns, **given)


def one(*words: str, parts: tuple[str, ...] = ()) -> Concept:
    return Concept(words, (parts,) if parts else ())


def asked(*concepts: Concept | str, **fields) -> Plan:
    return Plan(**{"locale": "sv", "concepts": tuple(one(each) if isinstance(each, str) else each for each in concepts), **fields})


def names(index: Engine, plan: Plan) -> list[str]:
    return [hit.pk for hit in index.search(plan).hits]


def begun(index: Engine, words: str, **fields) -> list[str]:
    """What has names with words that begin so."""
    return names(index, Plan("sv", beginnings=tuple(words.split()), **fields))
