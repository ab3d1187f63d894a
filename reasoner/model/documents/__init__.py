"""Every answer as a type: the documents of the commands, one file a subject.

A document is what ``--format json`` writes.  These types cost nothing where a question is asked: only type checkers
read them, and the build, which makes the JSON Schemas of them.  The sentence under a key is its description there; a
``Keyword`` is what the schema says beyond the type.
"""
