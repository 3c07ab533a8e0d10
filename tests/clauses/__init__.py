"""The clauses, each with the tests that say what it does here."""
