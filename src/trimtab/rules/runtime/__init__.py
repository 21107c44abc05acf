"""The same rules as a Pulumi policy pack.

The published policy SDK decodes every resource once per stack policy, turns unknown values into errors of the whole
policy, and pins an old protobuf; so the packs speak the engine's analyzer protocol (`pulumi.runtime.proto`, part of the
`pulumi` SDK) themselves.
"""

from __future__ import annotations

from trimtab.rules.runtime.serve import serve_pack

__all__ = ["serve_pack"]
