"""Decoding apart: in a process that holds no key, no database and no network, under hard limits.

A decoder is spawned, not forked, with an environment of its own; it waits on its standard input and
ends when that closes. One for each process of ours, started when it is first wanted or ahead.
"""

import atexit
import contextlib
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import IO, Any

import numpy as np

from tools.pipeline.errors import PipelineError
from tools.pipeline.intake import errors
from tools.pipeline.intake.decode import Decoded
from tools.pipeline.intake.limits import DEFAULT, Limits
from tools.pipeline.pixels import Rgb, Rgba

LENGTH = struct.Struct(">Q")
ROOT = Path(__file__).resolve().parents[3]
# All that it is told of its surroundings; keys and addresses stand in the others.
KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONHOME", "VIRTUAL_ENV", "SYSTEMROOT")
# What one decoder reads before the next takes its place: leaks of the libraries end with it.
MOST_JOBS = 200
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one file may take: megabytes of memory, seconds of a core, seconds in all."""

    megabytes: int = 1_000
    cpu_seconds: int = 20
    seconds: float = 60.0


class DecoderLostError(errors.TooHeavyError):
    """The decoder died of the file, or had to be stopped: the file is refused, and read no more."""

    id = "too-heavy"


class DecoderBrokenError(PipelineError):
    """The decoder could not be started, or did not say a word that we understand."""

    id = "step-failed"


class Decoder:
    """One decoding process, and the pipe to it. Not for two threads at once."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.jobs = 0
        self.process = subprocess.Popen(  # noqa: S603  our own module, by our own interpreter
            [sys.executable, "-m", "tools.pipeline.intake.decoder", json.dumps(asdict(allowance))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            cwd="/",
            bufsize=0,
        )

    def is_usable(self) -> bool:
        return self.process.poll() is None and self.jobs < MOST_JOBS

    def decode(self, data: bytes, limits: Limits) -> Decoded:
        """Raises a RefusedError, DecoderLostError among them, and DecoderBrokenError."""
        self.jobs += 1
        deadline = time.monotonic() + self.allowance.seconds
        talk = Talk(self.process, deadline)
        try:
            talk.send(json.dumps(asdict(limits)).encode())
            talk.send(data)
            said = json.loads(talk.receive())
            if "refused" in said:
                raise named_refusal(said["refused"])
            if "failed" in said:
                raise DecoderBrokenError(said["failed"])
            pixels = talk.receive_pixels(tuple(said.pop("shape")))
            return Decoded(pixels=pixels, **said)
        except (OSError, TimeoutError, EOFError) as error:
            self.stop()
            raise DecoderLostError from error
        except (ValueError, KeyError, TypeError) as error:
            self.stop()
            raise DecoderBrokenError from error

    def stop(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process.wait()


class Talk:
    """Messages over the pipes, each behind its length, until a time at which it is enough."""

    def __init__(self, process: "subprocess.Popen[bytes]", deadline: float) -> None:
        self.into, self.out = _pipe(process.stdin), _pipe(process.stdout)
        self.deadline = deadline

    def send(self, data: bytes) -> None:
        os.set_blocking(self.into.fileno(), False)
        for part in (LENGTH.pack(len(data)), data):
            rest = memoryview(part)
            while rest:
                self._await(self.into, selectors.EVENT_WRITE)
                with contextlib.suppress(BlockingIOError):
                    rest = rest[os.write(self.into.fileno(), rest[:PIECE]) :]

    def receive(self) -> bytes:
        length = LENGTH.unpack(self._exactly(LENGTH.size))[0]
        if length > PIECE:
            raise ValueError(length)
        return bytes(self._exactly(length))

    def receive_pixels(self, shape: tuple[int, ...]) -> Rgb | Rgba:
        if len(shape) != 3 or shape[2] not in {3, 4} or min(shape) < 1:
            raise ValueError(shape)
        pixels = np.frombuffer(self._exactly(shape[0] * shape[1] * shape[2]), np.uint8)
        shaped = pixels.reshape(shape)
        return Rgba(shaped) if shape[2] == 4 else Rgb(shaped)

    def _exactly(self, length: int) -> bytearray:
        found = bytearray(length)
        view = memoryview(found)
        while view:
            self._await(self.out, selectors.EVENT_READ)
            count = os.readv(self.out.fileno(), [view[:PIECE]])
            if not count:
                raise EOFError
            view = view[count:]
        return found

    def _await(self, pipe: IO[bytes], event: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, event)
            if not selector.select(max(0.0, self.deadline - time.monotonic())):
                raise TimeoutError


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise DecoderBrokenError
    return pipe


def environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def named_refusal(name: str) -> errors.RefusedError:
    return REFUSALS.get(name, errors.DamagedError)()


REFUSALS = {kind.id: kind for kind in errors.RefusedError.__subclasses__()}


class Standby:
    """The decoder of this process: kept for the next file, another in place of one that died."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.allowance = Allowance()
        self.decoder: Decoder | None = None
        self.owner = 0

    def configure(self, allowance: Allowance) -> None:
        with self.lock:
            if allowance != self.allowance:
                self.allowance = allowance
                self._drop()

    def warm_up(self) -> None:
        """Have one started, so that the first file need not wait for it."""
        with self.lock:
            self._ready()

    def decode(self, data: bytes, limits: Limits) -> Decoded:
        with self.lock:
            return self._ready().decode(data, limits)

    def stop(self) -> None:
        with self.lock:
            self._drop()

    def _ready(self) -> Decoder:
        if self.decoder and self.owner == os.getpid() and self.decoder.is_usable():
            return self.decoder
        self._drop()
        self.decoder, self.owner = Decoder(self.allowance), os.getpid()
        return self.decoder

    def _drop(self) -> None:
        # One that was inherited by a fork is the parent's to end.
        if self.decoder and self.owner == os.getpid():
            self.decoder.stop()
        self.decoder = None


STANDBY = Standby()
atexit.register(STANDBY.stop)


def decode_apart(source: bytes | str | PathLike[str], *, limits: Limits = DEFAULT) -> Decoded:
    """What `decode.decode_photo` gives, by a process that the file cannot harm us from.

    Raises a RefusedError, DecoderLostError for a file that brought the decoder down, and
    DecoderBrokenError where there is none to be had.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    return STANDBY.decode(data, limits)


def describe(decoded: Decoded) -> dict[str, Any]:
    """A decoded picture but for its pixels, as it goes over the pipe."""
    said = {
        name: getattr(decoded, name)
        for name in ("format", "mode", "profile", "had_alpha", "orientation", "dpi")
    }
    return {"shape": decoded.pixels.shape, **said}
