# hot: 10
import re


class Detector:
    def __init__(self):
        self.call_regex = r"<call>(.*?)</call>"  # one call
        self._compiled_call_regex = re.compile(self.call_regex, re.DOTALL)

    def calls(self, text):
        return self._compiled_call_regex.findall(text)
