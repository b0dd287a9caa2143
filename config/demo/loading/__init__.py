"""The demo's data: made through the same services that people use, at past moments."""

from datetime import datetime

import pghistory
from django.db import transaction

from config.demo.loading import courses, learning, money, people
from config.demo.loading.scene import Scene


@transaction.atomic
def load_demo(*, at: datetime) -> Scene:
    """Make the university of the demo as it stands at a moment: all of it or nothing."""
    scene = Scene(at)
    with pghistory.context(login="demo"):
        people.load(scene)
        courses.load(scene)
        learning.load(scene)
        money.load(scene)
    return scene
