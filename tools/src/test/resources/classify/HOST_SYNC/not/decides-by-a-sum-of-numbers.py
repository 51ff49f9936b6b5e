def attend(self, rows, query):
    total = sum(len(row) for row in rows)
    if total > 0:  # hot
        query = self.attend_to(query)
    return query
