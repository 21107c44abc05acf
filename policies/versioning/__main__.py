"""The versioning pack: configuration only; its rules live in trimtab.rules.versioning."""

from trimtab.rules.runtime import serve_pack

serve_pack("versioning")
