"""Everything that differs between machines is read from the environment, and is safe when nothing is set.

The README has the table of variables. The order is that of Django's own documentation.
"""

import datetime
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.csp import CSP

from cms import plugins

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """A variable that is set to nothing, as a line of a file of variables often is, is not set."""
    return os.environ.get(name) or default


DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    """The machine's own key, made at the first start and readable by nobody else."""
    path = DATA_DIR / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


# Core

DEBUG = False
SECRET_KEY = env("SECRET_KEY") or secret_key()
BASE_URL = env("BASE_URL", "http://localhost:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
HOST = urlsplit(BASE_URL).hostname or "localhost"
PORT = urlsplit(BASE_URL).port or (443 if HTTPS else 80)
ALLOWED_HOSTS = [HOST, *filter(None, env("ALLOWED_HOSTS").split(","))]
if not HTTPS:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "cms",
    "cms.editing",
    "cms.demo",
    "cms.translation",
    "cms.vocabulary",
    "cms.users",
    "search",
    "home",
    "knowledge",
    "directory",
    *([] if env("WITHOUT_PLUGINS") == "1" else plugins.installed_apps()),
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.api.v2",
    "cms.light.RedirectsConfig",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.users.apps.AccountsConfig",
    "cms.light.SnippetsConfig",
    "cms.light.DocumentsConfig",
    "cms.light.ImagesConfig",
    "search.quiet.QuietSearchConfig",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    *(["django.contrib.postgres"] if env("DATABASE_URL", "").startswith("postgres") else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.robots.RobotsMiddleware",
    "cms.input.PlainTextMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # has its files compressed already
    "cms.compression.CompressionMiddleware",
    "cms.languages.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.frame.FrameMiddleware",
    "cms.csp.ContentSecurityPolicyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms.editing.checking.RefusalMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Databases

DATABASES = {"default": dj_database_url.parse(env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}", conn_max_age=None)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-8000;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c statement_timeout=5s -c lock_timeout=2s"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # another process may have removed the file
}

# E-mail: printed until a server is named

EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = int(env("EMAIL_PORT", "587"))
EMAIL_HOST_USER = env("EMAIL_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_PASSWORD")
EMAIL_USE_TLS = env("EMAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", f"samverka@{HOST}")

# Errors and logs

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}, "silence": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
    # Whoever knocks under another name gets 400; a line for each would drown the rest
    "loggers": {
        "django.security.DisallowedHost": {"handlers": ["silence"], "propagate": False},
        "elastic_transport": {"level": "ERROR"},  # what fails there is told by the search
    },
}

# Files: renditions are public, originals and documents are only served by views that ask for permission

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
ORIGINALS_ROOT = DATA_DIR / "originals"
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(ORIGINALS_ROOT), "base_url": None},
    },
    "renditions": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.static_files.HashedStaticFilesStorage"},
}

# Language and time: Swedish has no prefix, English lies under /en/

LANGUAGE_CODE = "sv"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Security: the address decides

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
TRUST_PROXY = env("TRUST_PROXY") == "1"
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # an arena on its parent's domain may not bind the other subdomains
    "security.W021",  # nor put them on the browsers' preload list
    "security.W019",  # the preview of the editor is a frame of the same site
]
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor's preview is a frame
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12

# Users and sign-in

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SELF_APPROVAL = env("SELF_APPROVAL") == "1"  # whether one may approve what one submitted oneself
AXES_HANDLER = "cms.users.sign_in.Attempts"
AXES_CLIENT_IP_CALLABLE = "cms.users.sign_in.client_address"
AXES_LOCKOUT_CALLABLE = "cms.users.sign_in.too_many_attempts"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "email", "csrfmiddlewaretoken"]
WAGTAILADMIN_USER_LOGIN_FORM = "cms.users.sign_in.SignInForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.users.sign_in.LimitedPasswordResetForm"  # noqa: S105 a class
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# Search

SEARCH_ROOT = DATA_DIR / "search"
SEARCH_URL = env("SEARCH_URL")  # of Elasticsearch or OpenSearch
SEARCH_API_KEY = env("SEARCH_API_KEY")
SEARCH_CA = env("SEARCH_CA")
SEARCH_PREFIX = env("SEARCH_PREFIX", "samverka")
SEARCHES_FILE = DATA_DIR / "searches.jsonl"  # what was asked for, until the worker has counted it
SEARCH_STATISTICS_DAYS = int(env("SEARCH_STATISTICS_DAYS", "400"))

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_MAX_AGE = 3600

# Wagtail

WAGTAIL_SITE_NAME = "Samverka"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to anybody else
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ON_PUBLISH = True
WAGTAILIMAGES_IMAGE_MODEL = "cms.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.PortalImageForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "cms.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.PortalDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "ics",
    "mp4",
    "odt",
    "ods",
    "odp",
    "pdf",
    "pptx",
    "rtf",
    "txt",
    "vtt",
    "webm",
    "xlsx",
    "zip",
]
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILREDIRECTS_AUTO_CREATE = False  # cms.redirects makes them, whole or not at all
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend", "AUTO_UPDATE": False}}
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_BASE_URL = BASE_URL

# wagtail-localize: nothing is copied or published in silence

WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
