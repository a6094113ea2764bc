"""Files from the window: open, import with review, several years, versions, new. Must not read a file itself."""
