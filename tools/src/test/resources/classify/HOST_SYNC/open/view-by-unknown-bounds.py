def local(self, start, end):
    return self.experts.rows[start:end, :, : self.topk]  # hot
