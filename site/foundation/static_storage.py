import re
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Comments that have lines of their own, of our modules: others' may be licences.
OURS = "tools/"
IMPORT = re.compile(r'^@import url\("([\w.-]+\.css)"\);\n', re.MULTILINE)
COMMENTS = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed, cached for ever.

    Modules import each other by plain relative addresses, which the import map sends to the
    hashed ones: Django's own rewriting of module imports makes broken addresses.
    """

    support_js_module_import_aggregation = False

    def _save(self, name: str, content: Any) -> str:
        """Comments are for those who read the source; a page is sent none. A sheet that is made of
        others is sent as one: files are cut for who reads them, requests cost who waits.
        """
        if name.startswith(OURS) and name.endswith((".js", ".css")):
            content.seek(0)
            data = content.read()
            text = data if isinstance(data, str) else data.decode()
            content = ContentFile(COMMENTS.sub("", self.joined(name, text)).encode())
        saved: str = super()._save(name, content)
        return saved

    def joined(self, name: str, text: str) -> str:
        """A sheet with those that it imports in their place, as they have been hashed; one that
        has not been yet is imported, until the sheet's next turn.
        """

        def read(found: re.Match[str]) -> str:
            other = str(PurePosixPath(name).with_name(found[1]))
            if not self.exists(other):
                return found[0]
            with self.open(other) as file:
                return str(file.read().decode())

        return IMPORT.sub(read, text) if name.endswith(".css") else text
