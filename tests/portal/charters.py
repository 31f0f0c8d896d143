"""What the address of the charter answers. The table of sites names a key of ANSWERS."""

import threading
import zlib

from django.http import HttpResponse
from django.shortcuts import redirect, render

from sites import address

stopping = threading.Event()
"""Set when the server stops, so that no slow answer holds it."""

SLOW_SECONDS = 60


def png():
    """One grey pixel."""
    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b""))


PDF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""

BLANK = '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title></title></head><body><main></main></body></html>\n'


def complete(request):
    return render(request, "charter.html", {"lists": True})


def silent(request):
    return render(request, "charter.html", {"lists": False})


def not_found(request):
    return render(request, "page.html", {"title": "Page introuvable", "text": "Cette page n’existe pas."}, status=404)


def broken(request):
    return render(request, "page.html", {"title": "Erreur", "text": "Le service est indisponible."}, status=500)


def slow(_request):
    stopping.wait(SLOW_SECONDS)
    return HttpResponse(status=504)


def elsewhere(request):
    return redirect(address("other", request.META["SERVER_PORT"], "/charte-cookies/"))


ANSWERS = {
    "complete": complete,
    "silent": silent,
    "not_found": not_found,
    "broken": broken,
    "slow": slow,
    "elsewhere": elsewhere,
    "empty": lambda _request: HttpResponse(),
    "blank": lambda _request: HttpResponse(BLANK),
    "pdf": lambda _request: HttpResponse(PDF, content_type="application/pdf"),
    "image": lambda _request: HttpResponse(png(), content_type="image/png"),
}
