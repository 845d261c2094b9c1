"""The operations, noun by noun. Each names what it needs with `auth=access(...)`."""
