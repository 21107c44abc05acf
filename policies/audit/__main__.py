"""The audit pack: configuration only; its rules live in trimtab.rules.audit."""

from trimtab.rules.runtime import serve_pack

serve_pack("audit")
