"""The observers of a server's answers: access log, metrics, counts of reads."""
