"""Below /api/ every answer is JSON, also the one that there is nothing."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    return JsonResponse({"message": "There is nothing at this address of the API."}, status=404)
