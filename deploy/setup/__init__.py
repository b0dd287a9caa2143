"""Set-up of a machine; runs on the standard library alone, before anything is there."""
