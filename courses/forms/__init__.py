"""Forms of the passport: they validate, services save."""
