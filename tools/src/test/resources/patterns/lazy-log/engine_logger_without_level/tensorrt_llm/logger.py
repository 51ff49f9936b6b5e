class Logger:
    def debug(self, message):
        print(message)


logger = Logger()
