"""A pretend WeCom for the demo and the tests: its gateway for AI bots, and the people who use it."""
