"""The Pulumi engine: found on PATH, fetched from its maker, or built from its published Go modules."""
