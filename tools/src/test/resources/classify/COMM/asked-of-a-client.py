def embeddings(client, ids):
    found = []
    for uid in ids:
        data = client.root.get_item(uid)  # hot
        found.append(data)
    return found
