"""trimtab: one spec that components, policies and the cost analyser share."""

__version__ = "0.1.0"
