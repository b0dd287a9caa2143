"""The portal's settings with a bare view and a bare list beside its pages."""

from config.settings import *  # noqa: F403 (settings are meant to be taken whole)

ROOT_URLCONF = "bench.urls"
