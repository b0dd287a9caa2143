"""Become a command that the kernel ends when its parent ends (Linux).

Run as a script, `launch.py PARENT SIGNAL USER GROUP PASS COMMAND…`, in a fresh
interpreter: `preexec_fn` of subprocess would run in a fork of a process with threads,
which Python 3.12 and later warn of. USER and GROUP are numbers, -1 to stay who one is;
PASS is 1 to go on walking through folders that are closed to that user.
"""

import ctypes
import os
import sys

# linux/prctl.h, linux/securebits.h, linux/capability.h
PR_SET_PDEATHSIG, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION = 0x20080522


class CapabilityHeader(ctypes.Structure):
    """Whose capabilities: pid 0 is the caller."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class CapabilitySets(ctypes.Structure):
    """Bit sets for capabilities 0 to 31."""

    _fields_ = tuple(
        (name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")
    )


def main(parent: int, death_signal: int, user: int, group: int, passes: int) -> None:
    """Change identity, then ask for the signal: a change of identity clears it."""
    libc = ctypes.CDLL(None)
    if passes:
        # A change of user then keeps capabilities, and access(2), by which initdb
        # looks for its programs, takes them into account.
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    if user != -1:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    if passes:
        keep_passing(libc)
    if sys.platform == "linux":
        libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the kernel was asked
        sys.exit(1)


def keep_passing(libc: ctypes.CDLL) -> None:
    """Keep, of root's powers, the one to walk through closed folders.

    The narrower capability is taken; containers often have only the wider one.
    """
    header = CapabilityHeader(version=CAPABILITY_VERSION, pid=0)
    sets = (CapabilitySets * 2)()  # version 3 has a second word
    libc.capget(ctypes.byref(header), ctypes.byref(sets))
    narrow = sets[0].permitted >> CAP_DAC_READ_SEARCH & 1
    kept = CAP_DAC_READ_SEARCH if narrow else CAP_DAC_OVERRIDE
    only = CapabilitySets(
        effective=1 << kept, permitted=1 << kept, inheritable=1 << kept
    )
    sets = (CapabilitySets * 2)(only)
    libc.capset(ctypes.byref(header), ctypes.byref(sets))
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept, 0, 0)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:6]))
    os.execv(sys.argv[6], sys.argv[6:])  # noqa: S606 - no shell is wanted
