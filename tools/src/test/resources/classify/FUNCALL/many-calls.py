def schedule(self, groups):
    total = 0
    for group in groups:
        total = group.most_running()  # hot
    return total
