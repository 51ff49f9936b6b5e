def suffix(self, ids):
    for i in range(4, len(ids)):
        tail = ids[-i:]  # hot
        if self.fits(tail):
            return tail
    return ids
