flag = 0
