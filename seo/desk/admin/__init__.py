"""The desk in the admin: its rows registered, its screens given addresses."""

from seo.desk.admin import pages, people

__all__ = ["pages", "people"]
