"""HTTP itself: what a request may say, how an answer is sent, headers, and limits on slow clients."""
