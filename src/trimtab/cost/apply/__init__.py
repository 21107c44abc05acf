"""Apply as a transaction: edit the declaration, gate, up, watch, then keep it or roll back; all of it journalled."""
