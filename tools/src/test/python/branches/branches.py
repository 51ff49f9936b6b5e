"""A test that goes both ways, and a statement over several lines."""


def parity(number):
    if number % 2:
        word = "odd"
    elif number % 4:
        word = "even"
    else:
        word = "four"
    return dict(
        number=number,
        word=word,
    )


for each in range(20):
    parity(each)
