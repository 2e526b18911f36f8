"""Acting on a routine (`plans`), and on one of its occasions (`occasions`)."""
