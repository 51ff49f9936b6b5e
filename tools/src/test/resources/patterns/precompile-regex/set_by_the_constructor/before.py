# hot: 10
import re


class Detector:
    def __init__(self):
        self.call_regex = r"<call>(.*?)</call>"  # one call

    def calls(self, text):
        return re.findall(self.call_regex, text, re.DOTALL)
