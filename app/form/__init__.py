"""The official form as data: what `templates/*/form.toml` declares. Must not know any report."""
