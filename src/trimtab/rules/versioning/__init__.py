"""Rules of the versioning pack, one file each; `trimtab.rules.registry` lists them."""
