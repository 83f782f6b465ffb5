"""Confinement of this very process: limits, and calls of the system that it gives up for good.

Linux's own, without a library: rlimits everywhere, and seccomp's filter (a few instructions of
classic BPF, see seccomp(2)) where the kernel has it.
"""

import ctypes
import platform
import resource
import struct
from pathlib import Path

NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2
LOAD, EQUALS, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000
NUMBER_AT, MACHINE_AT = 0, 4
# x86-64 has a second table of calls above this bit.
X32 = 0x40000000

# By name, in both tables below: files, the network, other processes, the kernel's own doors.
GIVEN_UP: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (
        0xC000003E,
        {
            "open": 2, "openat": 257, "openat2": 437, "creat": 85, "name_to_handle_at": 303,
            "open_by_handle_at": 304, "truncate": 76, "rename": 82, "renameat": 264,
            "renameat2": 316, "link": 86, "linkat": 265, "symlink": 88, "symlinkat": 266,
            "unlink": 87, "unlinkat": 263, "mkdir": 83, "mkdirat": 258, "rmdir": 84,
            "mknod": 133, "mknodat": 259, "chmod": 90, "fchmodat": 268, "chown": 92,
            "fchownat": 260, "socket": 41, "connect": 42, "accept": 43, "accept4": 288,
            "bind": 49, "listen": 50, "socketpair": 53, "sendto": 44, "sendmsg": 46, "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
            "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "pidfd_open": 434,
            "pidfd_getfd": 438, "kill": 62, "tkill": 200, "bpf": 321, "userfaultfd": 323,
            "perf_event_open": 298, "io_uring_setup": 425, "keyctl": 250, "add_key": 248,
            "request_key": 249, "mount": 165, "umount2": 166, "unshare": 272, "setns": 308,
            "chroot": 161, "memfd_create": 319, "shmget": 29,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "openat": 56, "openat2": 437, "open_by_handle_at": 265, "truncate": 45,
            "renameat": 38, "renameat2": 276, "linkat": 37, "symlinkat": 36, "unlinkat": 35,
            "mkdirat": 34, "mknodat": 33, "fchmodat": 53, "fchownat": 54, "socket": 198,
            "connect": 203, "accept": 202, "accept4": 242, "bind": 200, "listen": 201,
            "socketpair": 199, "sendto": 206, "sendmsg": 211, "execve": 221,
            "execveat": 281, "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271,
            "pidfd_open": 434, "pidfd_getfd": 438, "kill": 129, "tkill": 130, "bpf": 280,
            "userfaultfd": 282, "perf_event_open": 241, "io_uring_setup": 425, "keyctl": 219,
            "mount": 40, "umount2": 39, "unshare": 97, "setns": 268, "chroot": 51,
            "memfd_create": 279, "shmget": 194,
        },
    ),
}  # fmt: skip


def limit_memory(megabytes: int) -> None:
    """So much in all, of which what is loaded already is part; and not a byte into any file."""
    pages = [int(part) for part in Path("/proc/self/statm").read_text("ascii").split()[:2]]
    reserved, used = (count * resource.getpagesize() for count in pages)
    most = megabytes * 10**6 + reserved - used
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def limit_seconds(seconds: int) -> None:
    """So many more of a core; then the kernel ends the process. Calling it again grants them anew."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    until = int(spent.ru_utime + spent.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def give_up_calls() -> bool:
    """Give up for good whatever a decoder does not need; False where the kernel has no filter."""
    known = GIVEN_UP.get(platform.machine())
    if known is None:
        return False
    machine, numbers = known
    program = _program(machine, sorted(set(numbers.values())))
    code = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    whole = Program(len(program) // 8, ctypes.addressof(code))
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(kernel.prctl(SET_SECCOMP, FILTER, ctypes.byref(whole), 0, 0) == 0)


def _program(machine: int, numbers: list[int]) -> bytes:
    """Refuse those; end a process that calls by another machine's table; allow the rest."""
    lines = [
        _line(LOAD, MACHINE_AT),
        _line(EQUALS, machine, 1, 0),
        _line(RETURN, KILL),
        _line(LOAD, NUMBER_AT),
        _line(AT_LEAST, X32, len(numbers), 0),
    ]
    for place, number in enumerate(numbers):
        lines.append(_line(EQUALS, number, len(numbers) - place, 0))
    return b"".join([*lines, _line(RETURN, ALLOW), _line(RETURN, REFUSE)])


def _line(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)
