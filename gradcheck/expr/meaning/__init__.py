"""From the syntax as written to its readings as shaped expressions, construct by construct."""
