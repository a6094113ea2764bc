"""Pages → a PDF: drawing, tags for reading aloud, what an archive asks for. Must not decide where anything stands."""
