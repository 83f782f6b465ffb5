"""Picture storage on a disk: each file is there in whole or not at all."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage

# The folder of what is being written: on the same disk as what it is to be.
UNFINISHED = ".unfinished"


class Pictures(FileSystemStorage):
    """Whoever reads a picture while it is written anew reads the old one or the new one. The same
    photo comes from many visitors, and its pixels lie there once.
    """

    def _save(self, name: str, content: Any) -> str:
        beside = f"{UNFINISHED}/{uuid4()}"
        path = Path(self.path(name))
        try:
            super()._save(beside, content)  # type: ignore[misc]  # the stubs leave it out
            path.parent.mkdir(parents=True, exist_ok=True)
            Path(self.path(beside)).replace(path)
        except OSError:
            Path(self.path(beside)).unlink(missing_ok=True)
            raise
        return name
