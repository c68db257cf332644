"""The pages of reference, a module each."""
