"""The SQL of intake: what arrives (`arrivals`), what became of it (`ledger`), what others did (`deeds`)."""
