"""All packs in one process: configuration only; the rules live in trimtab.rules."""

from trimtab.rules.runtime import serve_pack

serve_pack("all")
