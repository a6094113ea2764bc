"""The pages of the window: start, agency, one per form section, review, sign-off, export. One page must not know another."""
