"""Pages of courses: lists, the passport section by section, the banks, the check."""
