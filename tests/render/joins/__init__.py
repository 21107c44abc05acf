"""What one rendered object says of another: labels, ports and names that must meet."""
