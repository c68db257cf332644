"""Language: words to a parsed document. The only place that knows spaCy; holds the trained pipeline."""
