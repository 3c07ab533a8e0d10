"""The clock: each file asks what of one routine is due and not yet said."""
