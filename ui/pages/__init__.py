"""The pages of the window: start, agency, one per form section, review, export."""
