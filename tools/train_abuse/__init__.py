"""Makes `resources/abuse/ko.weights`, which stands beside the rules for abuse and crisis: see docs/abuse.md."""
