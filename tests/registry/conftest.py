"""A course on its way through the register."""

import pytest

from tests.registry import life


@pytest.fixture
def entry(author, at):
    """Recommended; its documents are awaited."""
    return life.entry(author, at=at)


@pytest.fixture
def opened(entry, staff, at):
    """Open, under number 1."""
    return life.opened(entry, staff=staff, at=at)


@pytest.fixture
def run(opened, staff, at):
    """Under way, from 1 September to 20 December 2026."""
    return life.run(opened, staff=staff, at=at)


@pytest.fixture
def enrolment(run, learner, at):
    return life.enrolled(run, learner, at=at)
