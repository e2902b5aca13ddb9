"""What `bench/faq.py` measures with: a corpus, queries of fourteen classes, the compared systems, the measures."""
