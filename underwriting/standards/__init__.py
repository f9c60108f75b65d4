"""A letter as the messages that banks exchange: SWIFT MT and ISO 20022, written and read back.

One table, `mapping.toml`, says where each field of `LetterTerms` stands in both. What a message
cannot carry is refused with the field named; nothing is dropped.
"""
