"""Fetches what search_eval judges the search on beside the portal: free manuals that Debian has in Swedish and English.

    .venv/bin/python scripts/real_texts.py    some 140 MB, into var/texts/, once; it needs apt-get and dpkg

Nothing of it is part of the portal. Then: manage.py search_eval --texts var/texts/pages.jsonl
"""

import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

FOLDER = Path(__file__).resolve().parent.parent / "var" / "texts"
PACKAGES = [
    *("gnome-user-docs", "evolution-common", "evince-common", "eog", "gedit-common", "gnome-terminal-data", "brasero-common"),
    *("gimp-help-sv", "gimp-help-en"),
]
MALLARD = "{http://projectmallard.org/1.0/}"
LEAST_WORDS = 15  # a page with fewer only leads to others
MOST_ALIKE = 0.5  # of the lines; a page with more is not translated
Page = dict[str, str | list[str]]


def main() -> None:
    fetch()
    pages = [*mallard(), *gimp()]
    with (FOLDER / "pages.jsonl").open("w") as file:
        file.writelines(json.dumps(page, ensure_ascii=False) + "\n" for page in pages)
    print(f"{len(pages)} pages in both languages are in {FOLDER / 'pages.jsonl'}.")


def fetch() -> None:
    packages, unpacked = FOLDER / "packages", FOLDER / "unpacked"
    packages.mkdir(parents=True, exist_ok=True)
    missing = [name for name in PACKAGES if not any(packages.glob(f"{name}_*.deb"))]
    if missing:
        subprocess.run(["apt-get", "download", "-qq", *missing], cwd=packages, check=True)  # noqa: S607
    if not unpacked.exists():
        for package in sorted(packages.glob("*.deb")):
            subprocess.run(["dpkg", "-x", str(package), str(unpacked)], check=True)  # noqa: S607


def mallard() -> Iterator[dict]:
    """GNOME's manuals: a file is a page."""
    root = FOLDER / "unpacked/usr/share/help"
    for swedish in sorted(root.glob("sv/*/*.page")):
        english = root / "C" / swedish.parent.name / swedish.name
        if english.exists():
            yield from pair(f"{swedish.parent.name}/{swedish.stem}", mallard_page(swedish), mallard_page(english))


def mallard_page(path: Path) -> Page:
    page = ET.parse(path).getroot()  # noqa: S314 signed by Debian
    info = page.find(f"{MALLARD}info")
    lead = text_of(info.find(f"{MALLARD}desc")) if info is not None else ""
    if info is not None:
        page.remove(info)
    title, *headings = [text_of(each) for each in page.iter(f"{MALLARD}title")] or [""]
    lines = [text_of(each) for each in page.iter() if each.tag in (f"{MALLARD}p", f"{MALLARD}screen", f"{MALLARD}code")]
    return {"title": title, "headings": headings, "body": [line for line in (lead, *lines) if line]}


def text_of(element: ET.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def gimp() -> Iterator[dict]:
    """GIMP's manual: a file is a section."""
    root = FOLDER / "unpacked/usr/share/gimp/2.0/help"
    for swedish in sorted(root.glob("sv/*.html")):
        english = root / "en" / swedish.name
        if english.exists():
            yield from pair(f"gimp/{swedish.stem}", html_page(swedish), html_page(english))


def html_page(path: Path) -> Page:
    soup = BeautifulSoup(path.read_text(), "html.parser")
    for around in soup.select(".navheader, .navfooter, .toc, script, style"):
        around.decompose()
    headings = [plain(each) for each in soup.select("h1, h2, h3, h4")] or [""]
    lines = [plain(each) for each in soup.select("p, dt, td, li") if not each.find("p")]
    return {"title": headings[0].lstrip("0123456789. "), "headings": headings[1:], "body": list(filter(None, lines))}


def plain(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def pair(name: str, swedish: Page, english: Page) -> Iterator[dict]:
    lines = swedish["body"]
    alike = len(set(lines) & set(english["body"])) / (len(set(lines)) or 1)
    if swedish["title"] and sum(len(line.split()) for line in lines) >= LEAST_WORDS and alike < MOST_ALIKE:
        yield {"name": name, "sv": swedish, "en": english}


if __name__ == "__main__":
    main()
