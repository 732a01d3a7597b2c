"""Beyond one machine: the batch in Ray Data actors, the HTTP service under Ray Serve.

Needs the extra ``yoji[ray]``; importing these modules does not import Ray.
"""
