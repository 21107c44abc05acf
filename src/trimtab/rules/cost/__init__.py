"""Rules of the cost pack, one file each; `trimtab.rules.registry` lists them."""
