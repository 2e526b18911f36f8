"""Teams 服务队 in the chat."""
