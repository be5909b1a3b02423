"""What can be done to a case: one module per kind of verb, and the step they all take. `engine.Engine` joins them."""
