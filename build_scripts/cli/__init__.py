"""The command line: one file a verb, brought in only when it is called. The only part that prints."""
