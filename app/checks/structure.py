"""Title, sections, headings, period, signature: whether the report has the shape the notice prescribes (S-01 … S-22)."""
