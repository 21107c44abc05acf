"""Rules of the audit pack, one file each; `trimtab.rules.registry` lists them."""
