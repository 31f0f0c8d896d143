"""The pages, and the choice of the site by the Host header."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.static import serve

import charters
from content import DATASETS, WORDS
from sites import SITES, address

DAY = 24 * 60 * 60
BY_HOST = {site.host: site for site in SITES.values()}


def choose_site(get_response):
    """Middleware: the site that this host name plays, and its list of pages."""
    from urls import BY_SITE

    def middleware(request):
        request.site = BY_HOST.get(request.get_host().partition(":")[0], SITES["plain"])
        request.urlconf = BY_SITE[request.site.pages]
        # The portal speaks French until its visitor chooses: tests see the same page in every browser.
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return get_response(request)

    return middleware


def words_and_site(request):
    """Context of every template. Not `site`: Django's login page has a variable of that name."""
    return {
        "played": request.site,
        "words": WORDS[get_language()],
        "player": address("third_party", request.META["SERVER_PORT"], "/lecteur/"),
    }


def home(request):
    return render(request, "home.html", {"datasets": DATASETS})


def dataset(request, slug):
    if slug not in DATASETS:
        raise Http404
    return render(request, "dataset.html", {"dataset": DATASETS[slug]})


def about(request):
    return render(request, "page.html", {"title": "À propos", "text": (
        "Rivebelle publie ici les données de ses services. Ce portail est une démonstration : la ville et ses"
        " chiffres sont inventés.")})


def preferences(request):
    choice = request.POST.get("choice")
    if choice in ("accept", "refuse"):
        response = redirect("preferences")
        response.set_cookie("cookies_preferences", choice, max_age=182 * DAY, secure=True, samesite="Lax")
        return response
    return render(request, "preferences.html", {"choice": request.COOKIES.get("cookies_preferences")})


def charter(request):
    return charters.ANSWERS[request.site.charter](request)


def static(request, path):
    return serve(request, path, document_root=f"{__file__.rpartition('/')[0]}/static")


@xframe_options_exempt
def player(request):
    """The third party: a framed page that sets a cookie of its own host, `Partitioned` when asked."""
    response = render(request, "player.html")
    # Written by hand: Python's http.cookies knows Partitioned from 3.14 on only.
    cookie = f"VISITOR_INFO1_LIVE=8kQ2vXw5mRc; Max-Age={180 * DAY}; Path=/; Secure; HttpOnly; SameSite=None"
    response["Set-Cookie"] = cookie + ("; Partitioned" if "partitioned" in request.GET else "")
    return response
