"""Rules of the security pack, one file each; `trimtab.rules.registry` lists them."""
