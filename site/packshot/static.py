from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed, cached for ever.

    Modules import each other by plain relative addresses, which the import map sends to the
    hashed ones: Django's own rewriting of module imports makes broken addresses.
    """

    support_js_module_import_aggregation = False
