"""What sentences mean: vectors of questions and articles, and how near they are to each other.

Everything here is a help and never needed: without the model, or while it is being loaded, the
search goes by words alone. `encoder` turns text into vectors, `catching_up` keeps those of articles
in step with the index, `space` has their centres in memory, `nearness` compares.
"""
