"""Everything that is true without a window: the form, the report, checks, import, export, files."""

__version__ = "1.0.0rc1"
