import os
from pathlib import Path

import dj_database_url
import django_stubs_ext
from kombu import Queue

from foundation import environment, sqlite_queue
from packshot.beat_schedule import TIMETABLE
from seo.desk.admin_theme import UNFOLD as DESK_LOOK

django_stubs_ext.monkeypatch()

BASE_DIR = environment.ROOT
DATA_DIR = environment.data_folder()
SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = environment.read_flag("PACKSHOT_DEBUG", default=False)

# The public address, such as https://packshot.example; empty: whatever the browser asked for.
ORIGIN = os.environ.get("PACKSHOT_ORIGIN", "").rstrip("/")
ALLOWED_HOSTS = environment.list_hosts(ORIGIN)
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ORIGIN else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ORIGIN.startswith("https:")
SECURE_SSL_REDIRECT = ORIGIN.startswith("https:")
# Who looks whether the process lives asks it directly.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ORIGIN.startswith("https:") else 0
# Tokens: `packshot.security.same_origin` does without, so that pages stay cacheable. What other
# hosts of the domain do, and lists in browsers, are the operator's to decide.
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    # Before the admin, whose templates it replaces.
    "unfold",
    "unfold.contrib.import_export",
    "import_export",
    # Our own URLs look for its pages: a worker that serves none need not import them.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "packshot",
    "accounts",
    "billing",
    "tools",
    "seo",
    "seo.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "packshot.security.content_security_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "seo.page_cache.store.kept",
    "packshot.locales.by_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "packshot.security.same_origin",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "billing.accounts.api_key_middleware.by_key",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.visitors.remember",
    "seo.desk.metrics.attribution.watch",
]
ROOT_URLCONF = "packshot.urls"
ASGI_APPLICATION = "packshot.asgi.application"
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
                "billing.accounts.request_account.credit_counter",
                "packshot.canonical.canonical",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

EMBEDDED_DATABASE = f"sqlite:///{DATA_DIR / 'packshot.sqlite3'}"
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or EMBEDDED_DATABASE,
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
VISITOR_COOKIE_AGE = 365 * 24 * 3600

# One signs in, and up, by a code that comes by mail. There is no password to forget or to lose.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {"request_login_code": "accounts.forms.ArrivalForm"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# Without a mail server the letters are written where the site's log is.
EMAIL_CONFIG = environment.parse_mail_url(os.environ.get("PACKSHOT_MAIL_URL", ""))
EMAIL_BACKEND = EMAIL_CONFIG["backend"]
EMAIL_FILE_PATH = EMAIL_CONFIG["folder"]
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG["host"], EMAIL_CONFIG["port"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_CONFIG["user"], EMAIL_CONFIG["password"]
EMAIL_USE_TLS = EMAIL_CONFIG["tls"]
DEFAULT_FROM_EMAIL = os.environ.get("PACKSHOT_MAIL_FROM", "Packshot <hello@localhost>")

# By the address alone: English at the root, the others under their prefix.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("es", "Español"),
    ("pt-br", "Português (Brasil)"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("id", "Bahasa Indonesia"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "packshot.formats"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": environment.parse_storage_url(os.environ.get("PACKSHOT_STORAGE_URL", ""), DATA_DIR),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "foundation.static_storage.HashedStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# The photo's own limit is checked where it is read, with words of its own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or sqlite_queue.queue_url(
    DATA_DIR / "queue.sqlite3"
)
if CELERY_BROKER_URL.startswith(("redis:", "rediss:")):
    CACHES = {
        "default": {
            "BACKEND": "foundation.forgiving_cache.ForgivingCache",
            "LOCATION": CELERY_BROKER_URL,
        }
    }
    # With kombu's defaults the messages of a killed worker were not back after 40 s.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 120,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "queue_order_strategy": "priority",
        "socket_keepalive": True,
        "health_check_interval": 25,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "cpu"
# A slow mail server holds up nobody's picture; one worker serves both where there is but one.
CELERY_TASK_QUEUES = [Queue("cpu"), Queue("mail")]
CELERY_TASK_ROUTES = {
    f"billing.tasks.{name}": {"queue": "mail"} for name in ("deliver_email", "send_email")
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "timetable")
CELERY_BEAT_SCHEDULE = {**TIMETABLE}

# Search engines are told of changes, where the site has a public address.
INDEXNOW = environment.read_flag("PACKSHOT_INDEXNOW", default=True)
# Whether robots that read in order to train models may.
TRAINING_BOTS = environment.read_flag("PACKSHOT_TRAINING_BOTS", default=False)

# Who may read /metrics from elsewhere; empty: nobody but this machine itself.
METRICS_TOKEN = os.environ.get("PACKSHOT_METRICS_TOKEN", "")

# Without keys the credits are sold at a local test checkout.
STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "")

# Free credits a day: for one visitor and address, for one network, for everybody together.
BILLING_LIMITS = {
    "free_a_visitor": environment.read_number("PACKSHOT_FREE_A_VISITOR", 10),
    "free_a_network": environment.read_number("PACKSHOT_FREE_A_NETWORK", 300),
    "free_for_everybody": environment.read_number("PACKSHOT_FREE_FOR_EVERYBODY", 20_000),
    "free_previews_a_month": environment.read_number("PACKSHOT_FREE_PREVIEWS", 50),
}

if environment.read_flag("PACKSHOT_WARM", default=True):
    CELERY_BEAT_SCHEDULE["warm"] = {
        "task": "tools.tasks.warm",
        "schedule": 20.0,
        "options": {"expires": 15},
    }

# Photos: what is taken in, and for how long it stays.
PHOTO_MAX_BYTES = environment.read_number("PACKSHOT_PHOTO_MEGABYTES", 25) * 2**20
# The largest request: a photo, and what a form says beside it.
REQUEST_MAX_BYTES = max(PHOTO_MAX_BYTES, 25 * 2**20) + 2**20
PHOTO_MAX_PIXELS = environment.read_number("PACKSHOT_PHOTO_MEGAPIXELS", 64) * 2**20
RESULT_MAX_PIXELS = environment.read_number("PACKSHOT_RESULT_MEGAPIXELS", 100) * 10**6
# What reading one file may take of memory, of a core, and of time; a decoder that takes more is ended.
DECODER_MEGABYTES = environment.read_number("PACKSHOT_DECODER_MEGABYTES", 1000)
DECODER_CPU_SECONDS = environment.read_number("PACKSHOT_DECODER_CPU_SECONDS", 20)
DECODER_SECONDS = environment.read_number("PACKSHOT_DECODER_SECONDS", 60)
# What a worker's process may hold when it has done a task; one that holds more is replaced.
WORKER_MEGABYTES = environment.read_number("PACKSHOT_WORKER_MEGABYTES", 1200)
CELERY_WORKER_MAX_MEMORY_PER_CHILD = WORKER_MEGABYTES * 1000
PHOTO_HOURS = environment.read_number("PACKSHOT_PHOTO_HOURS", 24)
# Photos by their address on the web; hosts (host:port) that may be asked although they are private.
FETCH = environment.read_flag("PACKSHOT_FETCH", default=True)
FETCH_ALLOWED = frozenset(os.environ.get("PACKSHOT_FETCH_ALLOWED", "").split(",")) - {""}
# Pictures that do not lie in the data folder are other machines', too: what a device computes for
# an attempt is handed over to them there.
SEVERAL_MACHINES = bool(os.environ.get("PACKSHOT_STORAGE_URL"))
# What the engines on a device may take of its memory together; 0: nine tenths of what it has.
DEVICE_MEGABYTES = environment.read_number("PACKSHOT_DEVICE_MEGABYTES", 0)
# How long a step on a device may say nothing before its process is taken to hang.
DEVICE_STILL_SECONDS = environment.read_number("PACKSHOT_DEVICE_STILL_SECONDS", 60)
# What tells which LoRA files the site's visitors may ask for: by name, for it is above the tools.
STYLES_OFFERED = "seo.offered_loras.offered"
# How long a worker may be silent before its attempt is somebody else's.
LEASE_SECONDS = environment.read_number("PACKSHOT_LEASE_SECONDS", 15)
# Step results on this machine's disk, shared by its workers.
STEPS_DIR = DATA_DIR / "steps"
STEPS_MAX_BYTES = environment.read_number("PACKSHOT_STEPS_MEGABYTES", 4000) * 10**6

# What models have learned, and which of those without a commercial licence may be used here: a
# list of names, by whoever has obtained one.
MODELS_DIR = Path(os.environ.get("PACKSHOT_MODELS") or DATA_DIR / "models")
MODELS_LICENSED = frozenset(os.environ.get("PACKSHOT_LICENSED", "").replace(",", " ").split())

# Who signs downloads: the operator, or an identity of this machine's that is made on first use.
SIGNING_DIR = DATA_DIR / "signing"
SIGNING_CHAIN = os.environ.get("PACKSHOT_SIGNING_CHAIN", "")
SIGNING_KEY = os.environ.get("PACKSHOT_SIGNING_KEY", "")
SIGNING_ALGORITHM = os.environ.get("PACKSHOT_SIGNING_ALGORITHM", "es256")
# The operator's name or registered code, written into pictures that a model made.
PRODUCER = os.environ.get("PACKSHOT_PRODUCER", "Packshot")

# Clicks and impressions: a service account's key file, and the property as Search Console names it.
SEARCH_CONSOLE_KEY = os.environ.get("PACKSHOT_SEARCH_CONSOLE_KEY", "")
SEARCH_CONSOLE_SITE = os.environ.get("PACKSHOT_SEARCH_CONSOLE_SITE", "")

UNFOLD = DESK_LOOK

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("PACKSHOT_LOG", "WARNING")},
}
