"""What services say as JSON."""
