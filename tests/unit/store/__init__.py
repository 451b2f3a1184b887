"""The store: files that survive crashes and rivals."""
