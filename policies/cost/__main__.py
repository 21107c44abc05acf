"""The cost pack: configuration only; its rules live in trimtab.rules.cost."""

from trimtab.rules.runtime import serve_pack

serve_pack("cost")
