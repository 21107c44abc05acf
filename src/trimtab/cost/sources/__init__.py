"""Where samples and inventories come from: narrow ports, one file a place."""
