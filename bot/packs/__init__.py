"""The archive pack: a folder with the journal, the registers, the records and the files, that checks itself."""
