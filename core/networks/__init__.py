"""Networks: chains of layers by name, and the numbers they were trained to, also by name.

bitmaps -> sets -> chains
"""
