"""Paper: a form is a frozen dataclass of what is printed; `render` makes the bytes.

`forms/` say what stands on a page, `blocks.py` is the vocabulary they speak, `setting/`
turns blocks into rows of wrapped lines, and `page.py` draws them. Nothing here computes,
fetches or decides: a form holds figures already computed and words already chosen.
Only this house imports reportlab.
"""
