"""The search for other programs: the hits of the result page in the same order, with the same filters."""

from http import HTTPStatus
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from cms.languages import CODES
from search.engines import engine
from search.engines.base import Busy, Unavailable
from search.narrowing import KIND, kind_labels, names, tables
from search.query import MOST_HITS
from search.results import InFile, Result, Searched

METHODS = "GET, HEAD, OPTIONS"
USUAL, MOST = 20, 100  # hits in one answer
OWN = {"q", "locale", "limit", "offset", "literal"}


class Refused(ValueError):
    """The request cannot be answered: a code for programs, and a sentence for whoever writes them."""

    def __init__(self, code: str, detail: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY, **headers: str):
        self.code, self.detail, self.status, self.headers = code, detail, status, headers


@csrf_exempt
def search(request: HttpRequest) -> HttpResponse:
    try:
        response = answered(request)
    except Refused as problem:
        response = described(problem)
    except (Busy, Unavailable):
        later = {"Retry-After": "60"}
        response = described(Refused("try-later", "The search cannot answer just now.", HTTPStatus.SERVICE_UNAVAILABLE, **later))
    for name, value in (("Access-Control-Allow-Origin", "*"), ("X-Robots-Tag", "noindex"), ("X-Search-Engine", engine().name)):
        response.headers.setdefault(name, value)
    return response


def answered(request: HttpRequest) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": METHODS, "Access-Control-Allow-Methods": METHODS})
    if request.method not in METHODS.split(", "):
        raise Refused("method-not-allowed", "The search is only read.", HTTPStatus.METHOD_NOT_ALLOWED, Allow=METHODS)
    locale = request.GET.get("locale", CODES[0])
    if locale not in CODES:
        raise Refused("invalid-parameter", f"locale is one of {', '.join(CODES)}.")
    with translation.override(locale):
        return found(request, locale)


def described(problem: Refused) -> JsonResponse:
    """As RFC 9457 has it."""
    told = {
        "type": f"urn:samverka:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": int(problem.status),
        "code": problem.code,
        "detail": problem.detail,
    }
    return JsonResponse(told, status=problem.status, content_type="application/problem+json", headers=problem.headers)


def found(request: HttpRequest, locale: str) -> JsonResponse:
    params = request.GET
    searched = Searched(params, locale)
    check(params, searched)
    limit, offset = number(params, "limit", USUAL, 1, MOST), number(params, "offset", 0, 0, MOST_HITS)
    if offset + limit > MOST_HITS:
        raise Refused("invalid-parameter", f"offset and limit together are at most {MOST_HITS}.")
    searched.find(offset, limit)
    told = {
        "q": searched.q,
        "read_as": searched.answer.question.meant or None,
        "also": searched.answer.question.also,
        "locale": locale,
        "total": searched.total,
        "offset": offset,
        "limit": limit,
        "promoted": [as_json(result, request) for result in searched.promoted],
        "hits": [as_json(result, request) for result in searched.shown],
        "facets": [
            {
                "name": facet.name,
                "label": facet.label,
                "values": [{"value": each.value, "label": each.label, "count": each.count} for each in facet.options],
            }
            for facet in searched.all_facets
        ],
    }
    return JsonResponse(told, headers={"Content-Language": locale, "X-Search-Engine": searched.answer.engine or engine().name})


def check(params: QueryDict, searched: Searched) -> None:
    known = OWN | {facet.name for facet in searched.known}
    if unknown := sorted(set(params) - known):
        raise Refused("unknown-parameter", f"Unknown: {', '.join(unknown)}. Known here: {', '.join(sorted(known))}.")
    if wrong := sorted(set(params.getlist(KIND)) - kind_labels().keys()):
        raise Refused("invalid-parameter", f"There is no kind {', '.join(wrong)}. There are {', '.join(kind_labels())}.")
    for name in tables():
        if wrong := sorted(set(searched.selected.get(name, ())) - names().get(name, {}).keys()):
            raise Refused("invalid-parameter", f"There is no {name} {', '.join(wrong):.50}.")
    if not searched.q:
        raise Refused("missing-parameter", "q says what to look for.")


def number(params: QueryDict, name: str, usual: int, least: int, most: int) -> int:
    text = params.get(name, str(usual))
    if text.isascii() and text.isdigit() and len(text) < 6 and least <= int(text) <= most:
        return int(text)
    raise Refused("invalid-parameter", f"{name} is a whole number from {least} to {most}.")


def as_json(result: Result, request: HttpRequest) -> dict:
    return {
        "kind": result.kind,
        "id": getattr(result.item, "pk", None),
        "title": result.item.title,
        "url": urljoin(settings.BASE_URL, result.item.get_url(request)),
        "locale": result.language,
        "date": result.hit.date or None,
        "highlights": {"title": result.title, "text": result.summary},
        "in_file": in_file_as_json(result.in_file),
    }


def in_file_as_json(found: InFile | None) -> dict | None:
    return {"page": found.page or None, "text": found.text, "url": urljoin(settings.BASE_URL, found.url)} if found else None
