"""A program: ``reading.py PATH`` prints the text of each page as JSON. Nothing of the portal is loaded here, nor this there."""

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

MEMORY, SECONDS = 512_000_000, 10
MOST_PAGES, MOST_LETTERS, MOST_XML = 300, 2_000_000, 40_000_000
ENCRYPTED, DAMAGED, EMPTY = "encrypted", "damaged", "empty"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PASSWORD_ERROR = "password"  # noqa: S105 as PDFium says it


class Unreadable(Exception):
    """With the reason, one of the words above."""


def limit() -> None:
    """Whatever a file makes the libraries do, it ends here."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (most, most))


def pages_of_pdf(path: Path) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(ENCRYPTED if PASSWORD_ERROR in str(error).lower() else DAMAGED) from error
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        text = page.get_textpage()
        yield text.get_text_bounded()
        text.close()
        page.close()


def pages_of_docx(path: Path) -> Iterator[str]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    with path.open("rb") as file:
        if file.read(8) == bytes.fromhex("d0cf11e0a1b11ae1"):  # how Word keeps what has a password
            raise Unreadable(ENCRYPTED)
    try:
        with zipfile.ZipFile(path) as whole, whole.open("word/document.xml") as part:
            xml = part.read(MOST_XML + 1)
        if len(xml) > MOST_XML:
            raise Unreadable(DAMAGED)
        root = fromstring(xml, forbid_dtd=True)
    except (zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException, RuntimeError, EOFError, zipfile.zlib.error) as error:
        raise Unreadable(DAMAGED) from error
    yield "\n".join("".join(said_by(paragraph)) for paragraph in root.iter(f"{WORD}p"))


def said_by(paragraph) -> Iterator[str]:
    for each in paragraph.iter():
        if each.tag == f"{WORD}t":
            yield each.text or ""
        elif each.tag in (f"{WORD}tab", f"{WORD}br"):
            yield " "


def answer(path: Path) -> dict:
    reader = pages_of_docx if path.suffix.lower() == ".docx" else pages_of_pdf
    pages, left = [], MOST_LETTERS
    try:
        for text in reader(path):
            pages.append(" \n".join(" ".join(line.split()) for line in text[:left].splitlines() if line.strip()))
            left -= len(pages[-1])
            if left <= 0:
                break
    except Unreadable as problem:
        return {"problem": str(problem)}
    return {"pages": pages} if any(pages) else {"problem": EMPTY}


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(json.dumps(answer(Path(sys.argv[1]))).encode())
