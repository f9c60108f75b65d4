"""What crosses HTTP: forms that come in are strict, answers that go out are explicit."""
