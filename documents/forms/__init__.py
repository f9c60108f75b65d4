"""The forms: one file each, a frozen dataclass of what is printed and its `blocks()`."""
