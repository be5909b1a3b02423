"""The room of the diagrams: the only one that knows SpiffWorkflow, lxml and simpleeval.

`reader.read` makes a Definition of a service's files, `run.Run` takes a case one step further through it. Nothing here
knows a store, a form or a person; time, the calendar and the promise's dates are passed in.
"""
