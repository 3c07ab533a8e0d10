"""The doors for people: each translates one request into one act and its reply, and decides nothing."""
