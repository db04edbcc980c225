"""Everything the demo needs, in one process group: prepare, then web server, worker, scheduler and payment double."""

import os
import signal
import socket
import subprocess  # noqa: S404 - starts our own commands with fixed arguments
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

#: A small machine starts four processes at once.
STARTUP_SECONDS = 300


class Command(BaseCommand):
    help = "Prepare the demo and run all of it until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--prepare-only", action="store_true", help="Migrate and load the demo data, then stop.")

    def handle(self, *args, port, prepare_only, **options):
        if not settings.IS_DEMO:
            raise CommandError("The demo runs with demo settings only: DJANGO_SETTINGS_MODULE=config.settings.demo.")
        for wanted in () if prepare_only else (port, settings.STRIPE_SANDBOX_PORT):
            self._refuse_a_taken_port(wanted)
        self.prepare()
        if not prepare_only:
            Processes(self, port).run()

    def prepare(self) -> None:
        """Bring database and demo data up to date; what was bought stays."""
        for folder in (settings.LOCAL_DIR, settings.STATIC_ROOT, settings.MEDIA_ROOT):
            folder.mkdir(parents=True, exist_ok=True)
        call_command("compile_translations", verbosity=0)
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"Preparing the database: {len(plan)} migrations, about a minute the first time …")
            call_command("migrate", verbosity=0, interactive=False)
        call_command("load_demo", stdout=self.stdout)
        self._name_the_address()

    def _name_the_address(self) -> None:
        """Wagtail builds whole addresses (in mails to editors, for one) from its site's host and port."""
        where = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site = Site.objects.get(is_default_site=True)
        if (site.hostname, site.port) != (where.hostname, where.port):
            site.hostname, site.port = where.hostname, where.port
            site.save()

    def _refuse_a_taken_port(self, port: int) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is taken by another program. Stop that, or choose others, for example "
                    "`make demo PORT=8010 STRIPE_SANDBOX_PORT=4250`."
                ) from error


class Processes:
    """The demo's processes. One that ends takes the others with it, so that a half-running demo fools nobody."""

    def __init__(self, command: Command, port: int):
        self.command = command
        self.address = f"http://127.0.0.1:{port}"
        self.running: dict[str, subprocess.Popen] = {}
        manage = [sys.executable, "-u", str(settings.BASE_DIR / "manage.py")]
        web = [sys.executable, "-m", "gunicorn", "--pythonpath", f"{settings.BASE_DIR / 'site'},{settings.BASE_DIR}"]
        web += ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8", "--log-level", "warning"]
        self.commands = {
            "web": [*web, "config.wsgi"],
            "worker": [*manage, "db_worker", "--no-reload", "--queue-name", "*"],
            "scheduler": [*manage, "scheduler"],
        }
        if settings.STRIPE_SANDBOX:
            self.commands["payment sandbox"] = [
                *(sys.executable, "-m", "shop.payment.sandbox", "--port", str(settings.STRIPE_SANDBOX_PORT)),
                *("--state", str(settings.LOCAL_DIR / "sandbox.sqlite3")),
                *("--webhook-url", f"{self.address}/webhooks/stripe/"),
                *("--secret-key", settings.STRIPE_SECRET_KEY, "--webhook-secret", settings.STRIPE_WEBHOOK_SECRET),
            ]

    def run(self) -> None:
        # A shell that starts us in the background has switched SIGINT off.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._interrupt)
        try:
            for name, arguments in self.commands.items():
                self._start(name, arguments)
            self._wait_until_it_answers()
            self._say_where()
            self._watch()
        except KeyboardInterrupt:
            self.command.stdout.write("\nStopping …")
        finally:
            self._stop()

    @staticmethod
    def _interrupt(*_args) -> None:
        raise KeyboardInterrupt

    def _start(self, name: str, arguments: list[str]) -> None:
        """In a session of its own, so that Ctrl-C reaches us first and we end the others in order."""
        log = settings.LOCAL_DIR / "log" / f"{name.replace(' ', '-')}.log"
        log.parent.mkdir(exist_ok=True)
        with log.open("a") as stream:
            self.running[name] = subprocess.Popen(  # noqa: S603 - our own fixed arguments
                arguments,
                stdout=stream,
                stderr=subprocess.STDOUT,
                cwd=settings.BASE_DIR,
                env={**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
                start_new_session=True,
            )

    def _ended(self) -> str | None:
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def _fail(self, name: str) -> None:
        log = settings.LOCAL_DIR / "log" / f"{name.replace(' ', '-')}.log"
        tail = "\n".join(Path(log).read_text().splitlines()[-15:])
        raise CommandError(f"The {name} ended by itself. The end of {log}:\n{tail}")

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTUP_SECONDS
        while time.monotonic() < deadline:
            if name := self._ended():
                self._fail(name)
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):  # noqa: S310 - our own address
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        self._fail("web")

    def _say_where(self) -> None:
        from accounts.demo import PASSWORD, PEOPLE

        lines = ["", f"  Kriya Babel is at  {self.address}/   (English: {self.address}/en/)", ""]
        lines += [f"  Sign in at {self.address}/akun/login/ with password {PASSWORD}:"]
        lines += [f"    {email:<24}{role}" for email, _first, _last, role in PEOPLE]
        lines += self._how_to_sell()
        lines += [
            "",
            f"  Pages and campaigns: {self.address}/kelola/      Shop: {self.address}/kelola/toko/",
            f"  E-mails the shop sent: {settings.LOCAL_DIR / 'mail'}",
            f"  What the processes say: {settings.LOCAL_DIR / 'log'}",
            "",
            "  Ctrl-C ends all of it.",
            "",
        ]
        self.command.stdout.write("\n".join(lines))
        self.command.stdout.flush()

    def _how_to_sell(self) -> list[str]:
        """The till of the fair that runs, with a fresh code for a phone that nobody is signed in on."""
        from shop.exhibitions.demo import pairing_code

        found = pairing_code()
        if found is None:
            return []
        code, fair = found
        return [
            "",
            f"  Till of {fair.name}: {self.address}/kasir/      pairing code {code}",
            "    or pair it signed in as kasir@demo.test; Rio's PIN is 1234",
        ]

    def _watch(self) -> None:
        while True:
            if name := self._ended():
                self._fail(name)
            time.sleep(0.5)

    def _stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + 10
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
