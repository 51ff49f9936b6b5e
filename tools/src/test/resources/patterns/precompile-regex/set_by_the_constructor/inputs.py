def calls(m):
    yield m.Detector().calls, ("<call>a\nb</call> <call></call>",)
    yield m.Detector().calls, ("",)
    yield m.Detector().calls, (None,)
