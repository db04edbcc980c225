"""The double itself: its state, its webhooks and the thread that lets time pass."""

import logging
import threading

from . import idempotency
from .options import Options
from .resources import payments, sessions
from .store import Store
from .webhooks import Webhooks

LOG = logging.getLogger(__name__)
LONGEST_NAP = 1.0


class RequestGate:
    """Lets tests hold API requests mid-way, or lose their answers, as networks do."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        self._lock = threading.Lock()
        self.waiting = 0
        self.lose_answers = 0

    def hold(self) -> None:
        """From now on POST requests stop after claiming their key, until :meth:`release`."""
        self._free.clear()

    def release(self) -> None:
        """Let held requests, and all after them, go on."""
        self._free.set()

    def pass_through(self) -> None:
        """Wait here while the gate is held, for a minute at most."""
        with self._lock:
            self.waiting += 1
        try:
            self._free.wait(timeout=60)
        finally:
            with self._lock:
                self.waiting -= 1

    def loses_this_answer(self) -> bool:
        """Whether the answer now ready should be lost on its way."""
        with self._lock:
            if self.lose_answers <= 0:
                return False
            self.lose_answers -= 1
            return True


class Sandbox:
    """State and behaviour shared by the API, the hosted page and the control API."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.store = Store(options.state)
        self.gate = RequestGate()
        self._wake, self._stopped = threading.Event(), threading.Event()
        self.webhooks = Webhooks(self.store, options, self._wake.set)
        self.url = f"http://{options.host}:{options.port}"
        self._thread: threading.Thread | None = None
        idempotency.forget_unfinished(self.store)

    def start(self) -> None:
        """Let time pass: what was not delivered before the last stop is due at once."""
        with self.store.transaction():
            self.store.execute(
                "UPDATE deliveries SET due = ? WHERE state = 'waiting' AND attempts > 0", self.store.now()
            )
        self._thread = threading.Thread(target=self._run, name="sandbox-clock", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the state; everything undelivered stays in it."""
        self._stopped.set()
        self._wake.set()
        self.gate.release()
        if self._thread:
            self._thread.join(timeout=15)
        self.store.close()

    def advance(self, seconds: float) -> float:
        """Move the double's clock forward and do what falls due. Returns the new time."""
        if seconds < 0:
            raise ValueError("the clock only goes forward")
        with self.store.transaction():
            offset = float(self.store.setting("clock_offset", 0.0))
            self.store.set_setting("clock_offset", offset + seconds)
            self.catch_up()
        self._wake.set()
        return self.store.now()

    def catch_up(self) -> None:
        """Expire and settle whatever is due."""
        with self.store.transaction():
            sessions.expire_due(self)
            payments.settle_due(self)

    def flush(self, order: str = "created") -> int:
        """Release every webhook kept back and deliver all that is due before returning how many were tried."""
        self.webhooks.release(order)
        return self.webhooks.deliver_due()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            try:
                self.catch_up()
                self.webhooks.deliver_due()
            except Exception:
                LOG.exception("the sandbox could not do what was due; it tries again")
            self._wake.wait(self._nap())

    def _nap(self) -> float:
        rows = self.store.execute("SELECT MIN(due) AS due FROM timers")
        dues = [due for due in (rows[0]["due"], self.webhooks.next_due()) if due is not None]
        if not dues:
            return LONGEST_NAP
        return min(LONGEST_NAP, max(0.02, min(dues) - self.store.now()))
