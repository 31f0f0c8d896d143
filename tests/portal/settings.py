"""Django's settings and start. What is not named here is Django's own default."""

import logging
import secrets

USER, PASSWORD = "camille", "rivebelle-2024"
HERE = __file__.rpartition("/")[0]


def start(folder, hosts, log):
    """Configures Django, makes its database in `folder` with the demo user, returns the WSGI application."""
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY=secrets.token_urlsafe(48),
        ALLOWED_HOSTS=hosts,
        ROOT_URLCONF="urls",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "views.choose_site",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [f"{HERE}/templates"],
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "views.words_and_site",
            ]},
        }],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "portal.sqlite3"}},
        LANGUAGE_CODE="fr",
        LANGUAGES=[("fr", "Français"), ("en", "English")],
        USE_TZ=True,
        LOGIN_URL="/connexion/",
        LOGIN_REDIRECT_URL="/",
        LOGOUT_REDIRECT_URL="/",
        # What a Django site on HTTPS sets; sessionid is HttpOnly, and it and csrftoken are SameSite=Lax, by default.
        SESSION_COOKIE_SECURE=True,
        CSRF_COOKIE_SECURE=True,
        LANGUAGE_COOKIE_SECURE=True,
        LANGUAGE_COOKIE_SAMESITE="Lax",
        # A demo password needs no slow hash, and each login of a test would pay for it.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        LOGGING_CONFIG=None,
    )
    logging.basicConfig(filename=log, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    django.setup()

    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    User.objects.create_user(USER, password=PASSWORD, first_name="Camille")
    return get_wsgi_application()
