"""Servers that run as children of the process that needs them."""
