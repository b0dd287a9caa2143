"""The portal with invented data, all of it in one process tree."""
