# hot: 8
# because: is not a literal
import re
class Detector:
    def __init__(self):
        self.regex = r"a"
    def calls(self, text):
        return re.findall(self.regex, text)
    def use(self, regex):
        self.regex = regex
