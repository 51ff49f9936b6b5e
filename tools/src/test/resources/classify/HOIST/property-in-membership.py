def skip(tokens, tokenizer):
    out = []
    for t in tokens:
        if t in tokenizer.special_tokens:  # hot
            continue
        out.append(t)
    return out
