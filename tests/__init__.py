"""The Agreement restated as tests."""
