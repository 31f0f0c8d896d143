"""Which pages a site has: the table of sites names one of these three lists."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from django.views.i18n import set_language

import settings
import views

QUIET = (
    path("", views.home, name="home"),
    path("jeux/<slug:slug>/", views.dataset, name="dataset"),
    path("a-propos/", views.about, name="about"),
    path("charte-cookies/", views.charter, name="charter"),
    path("static/<path:path>", views.static),
)

PORTAL = QUIET + (
    path("connexion/", LoginView.as_view(
        template_name="login.html",
        extra_context={"demo_user": settings.USER, "demo_password": settings.PASSWORD}), name="login"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path("langue/", set_language, name="set_language"),
    path("mes-cookies/", views.preferences, name="preferences"),
)

THIRD_PARTY = (
    path("lecteur/", views.player, name="player"),
)

BY_SITE = {"portal": PORTAL, "quiet": QUIET, "third_party": THIRD_PARTY}

urlpatterns = PORTAL
