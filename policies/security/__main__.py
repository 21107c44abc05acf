"""The security pack: configuration only; its rules live in trimtab.rules.security."""

from trimtab.rules.runtime import serve_pack

serve_pack("security")
