"""Procedural pictures of the demo pieces. They are illustrations and say so: nobody's photograph, nobody's work.

Needs numpy and scipy, which the site itself does not: only drawing the pictures again needs them, the finished files
are kept.
"""
