def write(self, cache, flat_valid, rows):
    cache[flat_valid] = rows  # hot
