"""``python -m shop.payment.sandbox``: the double as a process of its own."""

import argparse
import logging
import signal
import sys
from contextlib import suppress
from types import FrameType

from .guard import ProductionRefused
from .options import SECRET_KEY, WEBHOOK_SECRET
from .server import SandboxServer


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m shop.payment.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=4243)
    parser.add_argument("--state", default=".local/sandbox.sqlite3", help="SQLite file, made when missing")
    parser.add_argument("--webhook-url", default=None, help="where events go, on this machine")
    parser.add_argument("--secret-key", default=SECRET_KEY)
    parser.add_argument("--webhook-secret", default=WEBHOOK_SECRET)
    parser.add_argument("--shop-name", default="Kriya Babel")
    parser.add_argument("--settle-after", type=float, default=20.0, metavar="SECONDS",
                        help="how long a delayed payment takes")  # fmt: skip
    return parser.parse_args(arguments)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted. Returns 2 when it must not start."""
    options = vars(parse(sys.argv[1:] if arguments is None else arguments))
    logging.basicConfig(level=logging.INFO, format="%(levelname)s sandbox: %(message)s")
    try:
        server = SandboxServer(**options)
    except (ProductionRefused, ValueError, OSError) as reason:
        sys.stderr.write(f"The payment sandbox did not start: {reason}\n")
        return 2
    signal.signal(signal.SIGTERM, _stop)
    sys.stdout.write(f"Payment sandbox (no real money) on {server.url}\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
