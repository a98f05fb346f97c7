"""How well the search finds: queries written from reading the pages alone, asked of it and of what one would have without it.

Whoever changes how words are read may look at what is missed, but not at the third of the queries that is held back.
"""
