"""Block «Введение». Source: MIN 3.2."""
