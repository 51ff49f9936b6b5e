def accept(request, tokens, limit):
    for token in tokens:
        request.append_token(token)
        stopped = check_stop(request, limit)  # hot
        if stopped:
            break
