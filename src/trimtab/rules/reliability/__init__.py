"""Rules of the reliability pack, one file each; `trimtab.rules.registry` lists them."""
