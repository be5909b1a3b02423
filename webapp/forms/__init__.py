"""How a form is read, drawn and shown again. Pure: knows no request and no case."""
