naming-ask = Hello, what may we call you? Just reply with your name, such as “Ms Lin”.
