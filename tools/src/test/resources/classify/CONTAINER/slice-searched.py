def content(self, token_ids):
    if self.end_id not in token_ids[:-1]:  # hot
        return []
    return token_ids
