"""Below /api/ every answer is JSON, also the one that there is nothing."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

NOTHING = "There is nothing at this address of the API."  # programs and those who write them are spoken to in English


@csrf_exempt
def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    return JsonResponse({"message": NOTHING}, status=404)
