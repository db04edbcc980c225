"""Two loaders for the test of their order; the test replaces them."""


def first() -> None:
    raise AssertionError("replaced by the test")


def second(say) -> None:
    raise AssertionError("replaced by the test")
