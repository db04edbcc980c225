"""Make renditions that do not exist yet, in several processes, for a first load or after an outage of the worker."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed

from django.core.management.base import BaseCommand
from django.db import connections

from shop.pictures import services, workers

CHUNK = 8


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
            yield from map(workers.make, chunks)
            return
        # Fresh processes with connections of their own; a shared one would answer to whoever reads first.
        connections.close_all()
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, mp_context=context, initializer=workers.start) as pool:
            for future in as_completed([pool.submit(workers.make, chunk) for chunk in chunks]):
                yield future.result()
