"""The rules of each pack, by hand; one module a pack, so that a pack's process imports its own rules only."""
