"""One spaCy component a file. Each marks one kind of span and reads only the marks of earlier ones (extract.nlp)."""
