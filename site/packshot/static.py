import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Comments that have lines of their own, of our modules: others' may be licences.
OURS = "tools/"
COMMENTS = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed, cached for ever.

    Modules import each other by plain relative addresses, which the import map sends to the
    hashed ones: Django's own rewriting of module imports makes broken addresses.
    """

    support_js_module_import_aggregation = False

    def _save(self, name: str, content: Any) -> str:
        """Comments are for those who read the source; a page is sent none."""
        if name.startswith(OURS) and name.endswith(".js"):
            content.seek(0)
            data = content.read()
            text = data if isinstance(data, str) else data.decode()
            content = ContentFile(COMMENTS.sub("", text).encode())
        saved: str = super()._save(name, content)
        return saved
