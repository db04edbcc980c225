"""What a parcel weighs in a courier's eyes: a bulky one takes the room of a heavy one and is charged so."""


def volumetric_grams(length_cm: int, width_cm: int, height_cm: int, divisor: int) -> int:
    """The weight in grams that a box of these centimetres counts as; a started gram counts.

    ``divisor`` is the cubic centimetres a courier takes for one kilogram (6000 on the road, 5000 by air). An unknown
    side (0) gives 0: the actual weight decides then.
    """
    return -(-length_cm * width_cm * height_cm * 1000 // divisor)


def chargeable_grams(actual_grams: int, volumetric: int, minimum_grams: int = 1000) -> int:
    """The greater of actual and volumetric weight, and at least the courier's least weight. All in grams."""
    return max(actual_grams, volumetric, minimum_grams)


def chargeable_kilograms(grams: int, tolerance_grams: int = 0) -> int:
    """Whole kilograms charged for ``grams``: each started one counts once it is past the courier's tolerance.

    With a tolerance of 300, 2,300 g is 2 kg and 2,301 g is 3 kg. Never less than 1.
    """
    whole, rest = divmod(grams, 1000)
    return max(1, whole + (1 if rest > tolerance_grams else 0))
