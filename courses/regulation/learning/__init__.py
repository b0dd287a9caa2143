"""Learning blocks. Source: MIN 3.3."""
