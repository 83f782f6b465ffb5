"""The environment of the tests, said before the settings are read (`-p tests.environment`)."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PACKSHOT_DATA" not in os.environ:
    os.environ["PACKSHOT_DATA"] = tempfile.mkdtemp(prefix="packshot-tests-")
    atexit.register(shutil.rmtree, os.environ["PACKSHOT_DATA"], ignore_errors=True)
# WhiteNoise warns of a folder that collectstatic has not made.
Path(os.environ["PACKSHOT_DATA"], "static").mkdir(exist_ok=True)
os.environ.setdefault("PACKSHOT_SECRET_KEY", "a secret of the tests")
# Static files by their plain names, found where they are written.
os.environ.setdefault("PACKSHOT_DEBUG", "1")
