def text(tokenizer, ids):
    return tokenizer.decode(ids)  # hot
