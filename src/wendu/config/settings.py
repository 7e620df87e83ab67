"""Every setting, from the environment only; docs/howto/settings.md explains each variable."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from wendu.config.databases import database
from wendu.config.env import Environment, is_loopback
from wendu.config.logs import logging_settings
from wendu.config.secret import is_guessable, kept_key

env = Environment(os.environ)
PACKAGE_DIR = Path(__file__).resolve().parent.parent

# ---- What kind of run this is ------------------------------------------------------------------------------------

DEBUG = env.flag("WENDU_DEBUG")
DEMO = env.flag("WENDU_DEMO")
PRODUCTION = not DEBUG and not DEMO

_share = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share")
DATA_DIR = env.folder("WENDU_DATA_DIR", _share / "wendu")
BASE_URL = env.address("WENDU_BASE_URL", "http://127.0.0.1:8000")
SECRET_KEY = env.text("WENDU_SECRET_KEY") or ("" if PRODUCTION else kept_key(DATA_DIR, env))

_host = urlsplit(BASE_URL).hostname or ""
_secure = BASE_URL.startswith("https://")
ALLOWED_HOSTS = list(dict.fromkeys([*env.words("WENDU_ALLOWED_HOSTS", (_host,)), "localhost", "127.0.0.1", "[::1]"]))
CSRF_TRUSTED_ORIGINS = [BASE_URL] if _secure else []
PROXY_COUNT = env.number("WENDU_PROXY_COUNT", 0)  # reverse proxies of ours in front, each adding X-Forwarded-For

_only_here = all(is_loopback(host) for host in [_host, *ALLOWED_HOSTS])

if PRODUCTION and is_guessable(SECRET_KEY):
    env.fault("WENDU_SECRET_KEY", "要 50 个以上随机字符", "must be at least 50 random characters")
if DEBUG and not _only_here:
    env.fault("WENDU_DEBUG", "调试时只能用本机地址", "allows only addresses of this machine")
if DEMO and not _only_here:
    env.fault("WENDU_DEMO", "演示的密码人人知道，只能在本机看", "only for this machine: its passwords are known")
if any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
    env.fault("WENDU_ALLOWED_HOSTS", "要写明主机名，不能用通配", "must name the hosts; wildcards are not taken")
if not _secure and not is_loopback(_host):
    env.fault("WENDU_BASE_URL", "别的机器要访问，就必须用 https", "must be https unless only this machine uses it")

# ---- Rooms and doors ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "wendu.identity",
    "wendu.access",
    "wendu.jobs",
    "wendu.journal",
    "wendu.search",
    "wendu.packs",
    "wendu.backups",
    "wendu.saved_views",
    "wendu.readings",
    "wendu.agenda",
    "wendu.customers",
    "wendu.opportunities",
    "wendu.touches",
    "wendu.discovery",
    "wendu.offers",
    "wendu.quotes",
    "wendu.agreements",
    "wendu.care",
    "wendu.insights",
    "wendu.coach",
    "wendu.handovers",
    "wendu.desk",
    "wendu.exchange",
    "wendu.imports",
    "wendu.exports",
    "wendu.bulk",
    "wendu.merges",
    "wendu.web",  # before allauth, whose pages wear our templates
    "wendu.ops",
    "wendu.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wendu.web.middleware.OwnLanguage",
    "wendu.web.house_time.HouseTime",
    "wendu.web.middleware.WebDoor",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a view is open only if it says so
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wendu.web.patience.Patience",
    "wendu.web.middleware.Refusals",
    "wendu.web.middleware.Forwarding",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns a refused sign-in into the lock-out page
]

ROOT_URLCONF = "wendu.config.urls"
WSGI_APPLICATION = "wendu.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wendu.web.shell.shell",
                "wendu.web.fragments.form_key",
            ],
            "builtins": ["wendu.web.templatetags.often"],
            "libraries": {"i18n": "wendu.web.templatetags.often"},
        },
    },
]

SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # our `i18n` stands in for Django's on purpose: it has all of its tags

# ---- Rows --------------------------------------------------------------------------------------------------------

DATABASES = {"default": database(env, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")

# So long one statement of a page may take; jobs and commands take as long as they need.
STATEMENT_SECONDS = env.number("WENDU_STATEMENT_SECONDS", 10)

# A job that outlives `timeout` is stopped; one whose worker died is delivered again after `retry`.
Q_CLUSTER: dict[str, Any] = {
    "name": "wendu",
    "orm": "default",
    "workers": 1 if ON_SQLITE else env.number("WENDU_JOB_WORKERS", 2, at_least=1),
    "timeout": 270,
    "retry": 300,
    "ack_failures": True,
    "max_attempts": 5,
    "poll": 0.5,
    "catch_up": False,
    "save_limit": 200,
    "label": "Wendu",
}
JOB_MODULES = [
    "wendu.jobs.jobs",
    "wendu.backups.jobs",
    "wendu.journal.jobs",
    "wendu.agenda.jobs",
    "wendu.customers.jobs",
    "wendu.opportunities.jobs",
    "wendu.touches.jobs",
    "wendu.insights.jobs",
    "wendu.coach.jobs",
    "wendu.web.letters.jobs",
    "wendu.handovers.jobs",
    "wendu.imports.jobs",
    "wendu.exports.jobs",
    "wendu.bulk.jobs",
    "wendu.desk.jobs",
    "wendu.merges.jobs",
]

# ---- Who signs in ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "wendu.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _secure else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # counted by axes, in the database, for all processes together
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wendu"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=2).total_seconds())

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a stranger elsewhere cannot lock the rightful user out
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "wendu.config.proxies.client_address"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False  # its lines carry user names

# ---- What the browser may do -------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "script-src-attr": [NONE],
        "style-src": [SELF],
        "style-src-attr": [UNSAFE_INLINE],  # a bar's length and a curve's place are style variables
        "img-src": [SELF, "data:"],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _secure else 0
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = _secure
    SECURE_REDIRECT_EXEMPT = [r"^healthz/"]

# ---- Words and days ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # stored so; days are judged in the organisation's own zone

# ---- Files the browser loads -------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
MEDIA_ROOT = DATA_DIR / "files"  # never served by its path; a view asks who is looking
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# ---- Backups -----------------------------------------------------------------------------------------------------

BACKUP_DIR = env.folder("WENDU_BACKUP_DIR", DATA_DIR / "backups")
BACKUP_KEEP = env.number("WENDU_BACKUP_KEEP", 14, at_least=1)
BACKUP_VERIFY = env.flag("WENDU_BACKUP_VERIFY", default=True)  # try every nightly backup out by restoring it

# ---- Mail --------------------------------------------------------------------------------------------------------

EMAIL_HOST = env.text("WENDU_MAIL_HOST")
EMAIL_PORT = env.number("WENDU_MAIL_PORT", 587, at_least=1)
EMAIL_HOST_USER = env.text("WENDU_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("WENDU_MAIL_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465  # noqa: PLR2004 - the one port on which mail is encrypted from its first byte
EMAIL_USE_TLS = not EMAIL_USE_SSL and env.flag("WENDU_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("WENDU_MAIL_FROM", f"wendu@{_host}")
if not EMAIL_HOST:
    # Nobody can be written to: what would have been sent is shown on the terminal while trying Wendu out, else dropped.
    EMAIL_BACKEND = f"django.core.mail.backends.{'dummy' if PRODUCTION else 'console'}.EmailBackend"

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(level=env.text("WENDU_LOG_LEVEL", "INFO").upper())

env.refuse()
