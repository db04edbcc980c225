from .factories import sandbox

__all__ = ["sandbox"]
