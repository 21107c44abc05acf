"""What things cost: the price list of the cloud, else a dated snapshot, else a reason."""
