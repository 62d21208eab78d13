"""Whether streams lose anything: a model whose answers are exact, and processes that are killed."""
