"""How a stranger's file becomes pixels, or is refused.

`header` is for the web process: the standard library only, and no pixel is decoded. `decode` is
for the worker. Both refuse with the errors of `errors`; nothing else comes out of them.
"""
