"""The rules of working time and quiet hours. Every instant is aware; results are in UTC."""
