"""What stands around every page: who may open it, its guards, its language and its refusals."""
