"""For operators: settle at once what the scheduler would settle in its turn, for example after an outage."""

from django.core.management.base import BaseCommand

from shop.payment import queries
from shop.payment.services import expire_overdue, reconcile


class Command(BaseCommand):
    help = "Ask the gateways about every payment that is not settled, expire overdue ones and go on with refunds."

    def handle(self, *args, **options):
        counts = expire_overdue() + reconcile(now_too=True)
        for name, count in sorted(counts.items()):
            self.stdout.write(f"{name}: {count}")
        for attempt in queries.stuck():
            self.stdout.write(
                self.style.WARNING(f"needs a person: {attempt.order_number}: {attempt.last_error or attempt.status}")
            )
        self.stdout.write("done")
