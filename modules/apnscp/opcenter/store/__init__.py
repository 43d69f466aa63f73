"""Where a panel keeps everything: engines, transactions, the schema and its migrations, single facts, outgoing mails."""
