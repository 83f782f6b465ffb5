import os
import warnings

from django.conf import settings
from django.core.asgi import get_asgi_application

from foundation.body_limit import BodyLimit
from foundation.threads import Threads
from seo.page_cache.asgi import Replaying

# Files are read in a thread and sent as they are read; there is nothing to gain by doing otherwise.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "packshot.settings")
site = Replaying(Threads(get_asgi_application()))
application = BodyLimit(site, settings.REQUEST_MAX_BYTES)
