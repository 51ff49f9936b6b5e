def calls(m):
    for device, dtype in (("a", 1), ("b", 1), ("a", 2)):
        yield m.Rotary(m.Table("a", 1)).forward, (m.Table(device, dtype),)
