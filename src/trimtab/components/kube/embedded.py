"""The embedded cluster is an API server without controllers: nobody would ever say that an object is ready."""

from __future__ import annotations

import pulumi

SKIP_AWAIT = "pulumi.com/skipAwait"
PREFIX = "kubernetes:"


def skip_await(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    """Mark a Kubernetes object as one that is not waited for.

    An option of what is declared on such a cluster: `pulumi.ResourceOptions(transformations=[skip_await])`. Metadata
    that is not a plain dict cannot be marked before it is known, so components write plain dicts.
    """
    metadata = args.props.get("metadata")
    if not args.type_.startswith(PREFIX) or not isinstance(metadata, dict):
        return None
    marked = {**metadata, "annotations": {**metadata.get("annotations", {}), SKIP_AWAIT: "true"}}
    return pulumi.ResourceTransformationResult({**args.props, "metadata": marked}, args.opts)
