"""The reliability pack: configuration only; its rules live in trimtab.rules.reliability."""

from trimtab.rules.runtime import serve_pack

serve_pack("reliability")
