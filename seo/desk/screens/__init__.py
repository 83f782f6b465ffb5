"""The desk's own screens, inside the admin's frame."""
