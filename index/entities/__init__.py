"""Who and what a text names: a model where there is one, rules and a gazetteer around it, names gathered."""
