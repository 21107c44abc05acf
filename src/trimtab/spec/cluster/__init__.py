"""The cluster half of a declaration: what of a platform lives on Kubernetes."""
