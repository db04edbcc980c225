"""The project's own loopback double of Stripe, for development and tests.

Without it nobody could buy anything on a laptop without a merchant account, and the payment code would
only ever be tested against mocks that agree with it. The official ``stripe`` client talks to it over HTTP
unchanged. It is strict where Stripe is strict: it reads the SDK's own types, so it cannot drift from them.

It moves no money and must never run beside real money: see ``guard.refuse_in_production``.
"""
