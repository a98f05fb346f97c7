"""The Swedish catalogue of the interface: English stands in the code, Swedish in cms/locale/sv.

    python scripts/catalogue.py update     collect our strings; name those that still lack Swedish
    python scripts/catalogue.py upstream   also collect what the libraries below lack (after an upgrade)
    python scripts/catalogue.py compile    write the .mo files that the portal reads
    python scripts/catalogue.py check      fail if update would change anything, or Swedish is missing

No gettext programs are needed. An entry whose comment names a library is kept for that library.
"""

import io
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = Path(polib.__file__).parent  # they lie side by side
LOCALE = ROOT / "cms" / "locale"
SWEDISH = LOCALE / "sv" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
OURS = ("cms", "home", "knowledge", "directory", "search", "templates")
UPSTREAMS = (
    "django",
    "wagtail",
    "wagtail_localize",
    "taggit",
    "modelcluster",
    "treebeard",
    "axes",
    "modelsearch",
    "django_tasks",
    "django_filters",
    "rest_framework",
)
HEADER = {
    "Project-Id-Version": "Samverka",
    "Language": "sv",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
PLAIN, PLURAL = None, (1, 2)
CONTEXT, CONTEXT_PLURAL = ((1, "c"), 2), ((1, "c"), 2, 3)
FUNCTIONS = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL,
    "npgettext_lazy": CONTEXT_PLURAL,
}


def key(entry):
    """What gettext looks up: the context and the English text."""
    return entry.msgctxt, entry.msgid


def python_source(path):
    """A file as Python that calls gettext; a template is turned into such calls by Django."""
    from django.utils.translation.template import templatize

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        lines = templatize(text, origin=str(path)).splitlines(keepends=True)
        text = "".join(line.lstrip(" \t") for line in lines)
    return io.BytesIO(text.encode())


def extracted(folder):
    """The translatable strings of the Python files and templates below a folder, as empty entries."""
    from babel.messages.extract import extract

    strings = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt", ".xml"} or "tests" in path.parts:
            continue
        for _, message, _, context in extract("python", python_source(path), FUNCTIONS):
            singular, *plural = (message,) if isinstance(message, str) else message
            entry = new_entry(singular, context, plural[0] if plural else "")
            if singular and not (entry.msgid_plural == "" and key(entry) in strings):
                strings[key(entry)] = entry
    return strings


def new_entry(msgid, context=None, plural=""):
    """An entry that waits for its Swedish."""
    forms = {0: "", 1: ""} if plural else {}
    return polib.POEntry(msgid=msgid, msgctxt=context, msgid_plural=plural, msgstr_plural=forms)


def our_strings():
    """Every translatable string of the portal itself."""
    return {k: entry for part in OURS for k, entry in extracted(ROOT / part).items()}


def parts(package):
    """A library's own folder, or where it keeps several catalogues the folders that have one each."""
    root = LIBRARIES / package
    return [path.parent.parent for path in root.rglob("locale/en")] or [root]


def english_strings(part, domain):
    """What a part of a library may show: its English catalogue, or else its source."""
    catalogue = part / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if catalogue.exists():
        found = (new_entry(e.msgid, e.msgctxt, e.msgid_plural) for e in polib.pofile(catalogue))
        return {key(entry): entry for entry in found}
    return extracted(part) if domain == "django" else {}


def swedish_strings(part, domain):
    """What a part of a library already says in Swedish."""
    catalogue = part / "locale" / "sv" / "LC_MESSAGES" / f"{domain}.mo"
    return {key(entry) for entry in polib.mofile(catalogue)} if catalogue.exists() else set()


def lacking(package, domain):
    """The strings of a library that have no Swedish in it, nor in what Django always loads."""
    always = swedish_strings(LIBRARIES / "django" / "conf", domain)
    found = {}
    for part in parts(package):
        known = swedish_strings(part, domain) | always
        found |= {k: entry for k, entry in english_strings(part, domain).items() if k not in known}
    return found


def read(domain):
    """The Swedish catalogue as it lies on disk, or an empty one."""
    path = SWEDISH / f"{domain}.po"
    catalogue = polib.pofile(path) if path.exists() else polib.POFile()
    catalogue.metadata = HEADER
    return catalogue


def merged(catalogue, strings, comment=""):
    """Give the catalogue what it lacks; what it has keeps its Swedish, unless its plural came or went."""
    present = {key(entry): entry for entry in catalogue}
    for k, entry in strings.items():
        if k in present and present[k].msgid_plural == entry.msgid_plural:
            continue
        if k in present:
            catalogue.remove(present[k])
        entry.tcomment = comment
        catalogue.append(entry)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return catalogue


def updated():
    """The catalogue as our sources want it: ours that are gone leave, those of a library stay."""
    catalogue, strings = read("django"), our_strings()
    for entry in list(catalogue):
        if entry.obsolete or not (entry.tcomment or key(entry) in strings):
            catalogue.remove(entry)
    return merged(catalogue, strings)


def write(catalogue, domain):
    (SWEDISH / f"{domain}.po").write_text(f"{catalogue}\n", encoding="utf-8")


def without_swedish(catalogue):
    """The English of every entry that still has no complete Swedish."""
    return [entry.msgid for entry in catalogue if entry.fuzzy or not entry.translated()]


def update():
    catalogue = updated()
    write(catalogue, "django")
    return [f"lacks Swedish: {msgid}" for msgid in without_swedish(catalogue)]


def upstream():
    for domain in DOMAINS:
        catalogue = read(domain)
        for package in UPSTREAMS:
            merged(catalogue, lacking(package, domain), comment=package)
        write(catalogue, domain)
    return [f"lacks Swedish: {msgid}" for domain in DOMAINS for msgid in without_swedish(read(domain))]


def compile(target=LOCALE):
    for path in LOCALE.rglob("*.po"):
        compiled = target / path.relative_to(LOCALE).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        polib.pofile(path).save_as_mofile(compiled)
    return []


def check():
    catalogue = updated()
    stale = f"{catalogue}\n" != (SWEDISH / "django.po").read_text(encoding="utf-8")
    problems = ["django.po is not what `update` would write"] if stale else []
    missing = [*without_swedish(catalogue), *without_swedish(read("djangojs"))]
    return problems + [f"lacks Swedish: {msgid}" for msgid in missing]


if __name__ == "__main__":
    command = {"update": update, "upstream": upstream, "compile": compile, "check": check}[sys.argv[1]]
    problems = command()
    print("\n".join(problems) or f"{sys.argv[1]}: done")
    sys.exit(bool(problems) and command is check)
