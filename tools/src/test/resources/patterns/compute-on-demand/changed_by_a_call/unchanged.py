# hot: 5
# because: may change
class Clock:
    def frames(self, n, out, tick):
        times = [self.step * i for i in range(n)]
        for k in range(n):
            out.append(times[k])
            tick()
        return out
