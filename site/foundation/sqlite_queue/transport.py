"""Kombu transport: a virtual one whose channels keep their messages in a Store."""

import sqlite3
import time
from pathlib import Path
from queue import Empty
from typing import Any

from kombu import Connection
from kombu.transport import virtual
from kombu.utils.json import dumps, loads
from kombu.utils.scheduling import FairCycle

from foundation.sqlite_queue.errors import PASSING
from foundation.sqlite_queue.store import LEASE, PATIENCE, Store
from foundation.sqlite_queue.wakeups import Bell

RECLAIM_EVERY = 1.0
DELIVERIES_PER_TURN = 32  # so that a long queue does not keep an event loop from its other work


class QoS(virtual.QoS):
    """Settles messages where they lie: the file, not this process, knows which are unsettled."""

    channel: "Channel"

    def ack(self, delivery_tag: str) -> None:
        self.channel.store.acknowledge(delivery_tag)
        super().ack(delivery_tag)
        self.channel.bell.ring_here()  # there may be room for the next one

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:  # noqa: FBT001, FBT002  kombu's signature
        if not requeue:
            self.ack(delivery_tag)
            return
        self.channel.store.give_back([delivery_tag])
        super().ack(delivery_tag)
        self.channel.bell.ring()

    def restore_unacked(self) -> None:
        delivered: dict[str, Any] = self._delivered or {}
        settled = self._dirty or ()
        tags = [tag for tag in delivered if tag not in settled]
        delivered.clear()
        self.channel.store.give_back(tags)
        self.channel.bell.ring()


class Channel(virtual.Channel):
    QoS = QoS
    connection: "Transport"

    def __init__(self, connection: "Transport", **options: Any) -> None:
        super().__init__(connection, **options)
        # Kept here because a channel that is closing gives its messages back without a connection.
        self.store = connection.store
        self.bell = connection.bell

    def _put(self, queue: str, message: dict[str, Any], **_: Any) -> None:
        tag = message["properties"]["delivery_tag"]
        self.store.put(queue, tag, self._get_message_priority(message), dumps(message))
        self.bell.ring()

    def _get(self, queue: str, *_: Any, **__: Any) -> dict[str, Any]:
        claim = self.store.claim(queue)
        if claim is None:
            raise Empty
        message: dict[str, Any] = loads(claim.body)
        message["properties"]["delivery_info"]["redelivered"] = claim.redelivered
        return message

    def _size(self, queue: str) -> int:
        return self.store.waiting(queue)

    def _purge(self, queue: str) -> int:
        return self.store.purge(queue)

    def basic_get(self, queue: str, no_ack: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002  kombu's signature
        message: Any = super().basic_get(queue, no_ack, **options)
        if message and no_ack:
            self.store.acknowledge(message.delivery_tag)
        return message

    def basic_consume(
        self,
        queue: str,
        no_ack: bool,  # noqa: FBT001  kombu's signature
        callback: Any,
        consumer_tag: str | None,
        **options: Any,
    ) -> str:
        def settled(message: Any) -> Any:
            self.store.acknowledge(message.delivery_tag)
            return callback(message)

        self.bell.listen()
        deliver = settled if no_ack else callback
        tag = super().basic_consume(queue, no_ack, deliver, consumer_tag, **options)
        self.bell.ring_here()  # what waits already
        return tag

    def basic_qos(self, *args: Any, **options: Any) -> None:
        super().basic_qos(*args, **options)
        self.bell.ring_here()  # the limit may have risen


class Transport(virtual.Transport):
    """Options, in seconds: `lease`, after which a silent owner loses its messages, and `patience`,
    after which a file that another program has locked is an error."""

    Channel = Channel
    cycle: FairCycle
    driver_type = "sqlite"
    driver_name = "sqlite3"
    # Bindings are known to one process only, so an exchange leads to the queue of its name.
    implements = virtual.Transport.implements.extend(
        asynchronous=True, exchange_type=frozenset({"direct"})
    )
    connection_errors = (*virtual.Transport.connection_errors, *PASSING)

    def __init__(self, client: Connection, **options: Any) -> None:
        super().__init__(client, **options)
        path = Path("/", client.virtual_host)
        given = client.transport_options or {}
        self.store = Store(path, given.get("lease", LEASE), given.get("patience", PATIENCE))
        self.bell = Bell(path.with_name(f"{path.name}-bells"))
        self._reclaimed = 0.0

    def driver_version(self) -> str:
        return sqlite3.sqlite_version

    @property
    def default_connection_params(self) -> dict[str, Any]:
        return {}  # no host, no port

    def establish_connection(self) -> "Transport":
        self.store.open()
        return super().establish_connection()

    def close_connection(self, connection: Any) -> None:
        super().close_connection(connection)
        self.bell.close()
        self.store.close()

    def drain_events(self, connection: Any, timeout: float | None = None, **_: Any) -> None:  # noqa: ARG002  kombu's signature
        """Deliver one message, waiting for it; raises TimeoutError when none came in time."""
        deadline = float("inf") if timeout is None else time.monotonic() + timeout
        self.bell.listen()
        self._reclaim()  # not only when idle: the dead's messages may be more urgent
        while not self._deliver_next():
            self._reclaim()
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.bell.wait(left)

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:  # noqa: ARG002  kombu's signature
        def look() -> None:
            for _ in range(DELIVERIES_PER_TURN):
                if not self._deliver_next():
                    return
            loop.call_soon(look)

        def look_after() -> None:
            if not self.store.closed:
                self._reclaim()
                look()

        descriptor = self.bell.listen()
        if descriptor is not None:
            loop.add_reader(descriptor, look)
        loop.call_repeatedly(self.bell.patience, look_after)

    def _deliver_next(self) -> bool:
        self.bell.silence()
        try:
            self.cycle.get(self._deliver)
        except Empty:
            return False
        return True

    def _reclaim(self) -> None:
        if time.monotonic() - self._reclaimed < RECLAIM_EVERY:
            return
        self._reclaimed = time.monotonic()
        if self.store.reclaim():
            self.bell.ring()
