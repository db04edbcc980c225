class TransitionRefused(Exception):
    """The parcel or order is in a state from which this does not follow; the text says which, for staff to read."""
