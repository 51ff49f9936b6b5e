def find(tokens, pattern, end):
    i = 0
    while i < end - len(pattern):  # hot
        if tokens[i] == pattern[0]:
            return i
        i += 1
    return -1
