"""Make renditions that do not exist yet, in several processes, for a first load or after an outage of the worker."""

import multiprocessing
import os

from django.core.management.base import BaseCommand
from django.db import connections

from shop.pictures import services
from shop.pictures.models import Picture

CHUNK = 8


def _start_worker():
    import django

    django.setup()


def _make(pks: list[int]) -> tuple[int, int, list[int]]:
    made, gone = services.catch_up(Picture.objects.filter(pk__in=pks).prefetch_related("renditions"))
    return len(pks), made, [picture.pk for picture in gone]


class Command(BaseCommand):
    help = "Make the renditions of pictures that miss some."

    def add_arguments(self, parser):
        parser.add_argument("--processes", type=int, default=min(4, os.cpu_count() or 1))

    def handle(self, *args, **options):
        pks = list(services.pictures_without_renditions().values_list("pk", flat=True))
        if not pks:
            if options["verbosity"]:
                self.stdout.write("Every picture has its renditions.")
            return
        chunks = [pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK)]
        done = made = 0
        gone: list[int] = []
        for finished, count, lost in self._results(chunks, options["processes"]):
            done, made, gone = done + finished, made + count, gone + lost
            if options["verbosity"]:
                self.stdout.write(f"Renditions: {done} of {len(pks)} pictures, {made} files", ending="\r")
                self.stdout.flush()
        if options["verbosity"]:
            self.stdout.write("")
        if gone:
            self.stderr.write(f"The file is gone of pictures {', '.join(map(str, gone))}: upload them again.")

    def _results(self, chunks, processes):
        if processes <= 1 or len(chunks) == 1:
            yield from map(_make, chunks)
            return
        # Children open connections of their own; a shared one would answer to whoever reads first.
        connections.close_all()
        context = multiprocessing.get_context("spawn")
        with context.Pool(processes, initializer=_start_worker) as pool:
            yield from pool.imap_unordered(_make, chunks)
