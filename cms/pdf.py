"""What a PDF says of itself."""

from django.core.files import File
from pypdf import PdfReader
from pypdf.errors import PyPdfError


def is_tagged(file: File) -> bool:
    """Whether a PDF says which of its parts are headings, lists and tables. One that cannot be read says nothing."""
    try:
        root = PdfReader(file).root_object
        return "/StructTreeRoot" in root and bool(root.get("/MarkInfo", {}).get("/Marked", False))
    except (PyPdfError, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False
    finally:
        file.seek(0)
