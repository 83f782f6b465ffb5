"""What models have learned: which files, from where, under which licence, and whether they are
sound. Nothing here imports a heavy library.
"""
