def attend(self, lens, query):
    total = lens.sum()
    if total > 0:  # hot
        query = self.attend_to(query)
    return query
