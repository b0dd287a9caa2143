"""Settings of the portal, read from the environment.

A variable that the portal cannot do without fails at start, with a hint
(`config.environment`). Everything else has the value a production server wants.
"""

import sys
from pathlib import Path

import django_stubs_ext
import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import env, required

# Generic classes of Django (`forms.ModelForm[User]`) may be named with their types.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".data")))

# --- The server -------------------------------------------------------------------

SECRET_KEY = required("SECRET_KEY", hint="a long random text, kept secret")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
BASE_URL = env("BASE_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
IS_SECURE = BASE_URL.startswith("https://")
# nginx in front tells the scheme; set only where a proxy strips the client's own header.
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "config.apps.PortalConfig",
    "certificates.apps.CertificatesConfig",
    "finance.apps.FinanceConfig",
    "registry.apps.RegistryConfig",
    "expertise.apps.ExpertiseConfig",
    "courses.apps.CoursesConfig",
    "accounts.apps.AccountsConfig",
    "core.apps.CoreConfig",
    "rules.apps.RulesConfig",
    "import_export",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "config.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.RefuseControlCharacters",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ChosenLanguage",
    "core.middleware.TrailContext",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.InfectedFiles",
    "config.middleware.StateConflicts",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.portal",
            ],
            "libraries": {"heroicons": "core.templatetags.icons"},
        },
    }
]
FORM_RENDERER = "core.forms.PortalRenderer"

# --- The data ---------------------------------------------------------------------

DATABASES = {
    "default": {
        **env.db_url_config(
            required("DATABASE_URL", hint="postgres://portal_app:…@host/portal")
        ),
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
}
# The role the application serves as; the owner's role migrates (core.rights).
DATABASE_APPLICATION_ROLE = env("DATABASE_APPLICATION_ROLE", default="portal_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Each event carries its own context: the trail stays insert-only.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(
    db_index=True, db_constraint=False, null=True
)
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)

MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(DATA_DIR / "media")))
FILE_UPLOAD_PERMISSIONS = 0o600
# clamd, host:port or the path of its socket; without it files are not scanned.
CLAMAV_ADDRESS = env("CLAMAV_ADDRESS", default="")
# Files with a virus; no page reads this folder.
QUARANTINE_ROOT = Path(env("QUARANTINE_ROOT", default=str(DATA_DIR / "quarantine")))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The preview of a whole course has a tick for each of its activities and questions' banks.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Where files lie between a preview and its confirmation; `sweep` looks nowhere else.
SWEPT_FOLDERS = (
    *("consents", "django-import-export", "glossaries", "imports"),
    *("materials", "passports", "questions", "results"),
)

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = env("TIME_ZONE", default="Europe/Moscow")
# What beat says again every so often: nothing depends on a message that got through.
CELERY_BEAT_SCHEDULE = {
    f"drain-{lane}": {
        "task": "core.drain",
        "args": [lane],
        "schedule": 15,
        "options": {"queue": lane, "expires": 15},
    }
    for lane in ("quick", "heavy")
}
CELERY_BEAT_SCHEDULE["monthly-report"] = {
    "task": "finance.order_monthly_report",
    "schedule": crontab(hour=6, minute=0),
    "options": {"queue": "quick"},
}
CELERY_BEAT_SCHEDULE["sweep-files"] = {
    "task": "core.sweep_stored_files",
    "schedule": crontab(hour=3, minute=30),
    "options": {"queue": "heavy"},
}
WORKER_MEMORY_BYTES = env.int("WORKER_MEMORY_BYTES", default=2 * 1024**3)
# Sessions live in the database: Redis may be emptied at any moment.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- People -----------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.GuardedBackend",
    "rules.permissions.ObjectPermissionBackend",
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "registry:showcase"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.CompositionValidator"},
    {"NAME": "accounts.passwords.GuessableValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "surname", "given_name")},
    },
    {"NAME": "accounts.passwords.NotUsedBeforeValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.views.form_too_old"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Mail -------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="portal@university.example")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")

# --- Language, time, place --------------------------------------------------------

LANGUAGE_CODE = "ru"
LANGUAGES = [
    ("ru", _("Russian")),
    ("kk", _("Kazakh")),
    ("ky", _("Kyrgyz")),
    ("en", _("English")),
]
# The second supplies what Django's own Kazakh and Kyrgyz lack of what our pages show.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_django"]
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = env("TIME_ZONE", default="Europe/Moscow")
USE_TZ = True
# Country of the calendar of working days: RU, KZ or KG.
COUNTRY = env("COUNTRY", default="RU")

UNIVERSITY_NAME = {
    code: env(f"UNIVERSITY_NAME_{code.upper()}", default=name)
    for code, name in {
        "ru": "Приречный государственный университет",
        "kk": "Приречный мемлекеттік университеті",
        "ky": "Приречный мамлекеттик университети",
        "en": "Prirechny State University",
    }.items()
}
BRAND_COLOUR = env("BRAND_COLOUR", default="")
UNIVERSITY_CITY = env("UNIVERSITY_CITY", default="Приречный")
SIGNATORY_NAME = env("SIGNATORY_NAME", default="")
SIGNATORY_POSITION = env("SIGNATORY_POSITION", default="")

# --- Static files -----------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "build" / "collected")))
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "core.storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- What is told to the log ------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "stream": sys.stderr,
        }
    },
    # They tell each step of each document.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools")},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}

IMPORT_EXPORT_USE_TRANSACTIONS = True
