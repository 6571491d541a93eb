"""The store: tables, engine, sessions, migrations, audit chain and proofs, and questions to it."""
