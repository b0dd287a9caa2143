"""The regulation's requirements as code: pure Python, no Django, no database."""
