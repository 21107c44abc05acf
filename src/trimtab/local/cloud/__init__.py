"""AWS for the embedded cloud: moto's HTTP server in a process of ours, with what moto lacks added."""

from trimtab.local.cloud.extensions import install

__all__ = ["install"]
