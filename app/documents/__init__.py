"""Report + form → blocks, the official layout once for screen, Word, PDF and HTML. Must not know any file format."""
